export { RollupFolder } from './RollupFolder';
export { RollupStore, type RollupQuery } from './RollupStore';
export type { EvenInstants } from './changes';
export type { RollupShape } from './Tally';
