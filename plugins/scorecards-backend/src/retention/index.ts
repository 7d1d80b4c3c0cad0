export { Retention, type FactReferences } from './Retention';
export { RetentionTask } from './RetentionTask';
