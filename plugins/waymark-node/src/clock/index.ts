export type { Clock } from './Clock';
export { clockServiceRef } from './clockServiceRef';
export { SystemClock } from './SystemClock';
