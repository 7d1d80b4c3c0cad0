export {
  factCollectorsExtensionPoint,
  type FactCollectorsExtensionPoint,
} from './factCollectorsExtensionPoint';
export type {
  CollectContext,
  CollectedEntity,
  CollectedFact,
  CollectorEvents,
  CollectorPartition,
  CollectTarget,
  FactCollector,
  PreviousFact,
} from './FactCollector';
export {
  repositoryPartition,
  sourceRepositoryPartition,
} from './repositoryPartition';
