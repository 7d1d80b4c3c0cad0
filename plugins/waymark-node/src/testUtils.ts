export { ManualClock } from './clock/ManualClock';
