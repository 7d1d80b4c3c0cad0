export { ManualClock } from './clock/ManualClock';
export { testDatabases } from './testDatabases';
