export { RollupFolder } from './RollupFolder';
export { RollupStore, type RollupQuery } from './RollupStore';
export { instantAt, type Instants } from './changes';
export type { RollupShape } from './Tally';
