export { ManualClock } from './clock/ManualClock';
export { testDatabases } from './testDatabases';
export { eventually } from './testing/eventually';
