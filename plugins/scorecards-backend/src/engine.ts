/**
 * The parts of the engine, for programs that run it without a portal around it, such as its benchmark.
 *
 * @packageDocumentation
 */
export { Adopter } from './definitions/Adopter';
export { DefinitionStore } from './definitions/DefinitionStore';
export { EntityStore } from './entities/EntityStore';
export { FactStore } from './facts/FactStore';
export type { Observation } from './facts/tables';
export { collectOnce } from './history/collectOnce';
export {
  HistoryReplay,
  type FactsByRef,
  type HistoryReplayOptions,
} from './history/HistoryReplay';
export type { SeenSnapshots } from './entities/applySnapshots';
export { FactIntake } from './intake/FactIntake';
export { markDirty } from './results/dirty';
export { ThreadEvaluator } from './results/evaluation/ThreadEvaluator';
export { ResultEngine } from './results/ResultEngine';
export { ResultReader } from './results/ResultReader';
export { RollupFolder, RollupStore, type RollupShape } from './rollups';
export {
  PROJECTION_NAMES,
  type ProjectionName,
  type ProjectionReport,
} from './rebuild';
export { rebuildPlugin } from './rebuild/rebuildPlugin';
