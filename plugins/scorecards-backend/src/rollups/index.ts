export { RollupFolder } from './RollupFolder';
export { RollupStore, type RollupQuery } from './RollupStore';
export type { RollupShape } from './Tally';
