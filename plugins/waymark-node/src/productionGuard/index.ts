export * from './exitOnFailedStart';
export * from './guardedRootConfig';
export * from './inspectProductionConfig';
export type { ProductionFinding } from './types';
