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
  FoundAttestations,
  PreviousFact,
} from './FactCollector';
export {
  repositoryPartition,
  sourceRepositoryPartition,
} from './repositoryPartition';
