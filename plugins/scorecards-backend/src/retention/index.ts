export { Retention, type FactReferences } from './Retention';
export { refusePurged } from './refusePurged';
export { RetentionTask } from './RetentionTask';
