export * from './annotations';
export * from './catalogProblem';
export * from './repositoryReference';
export * from './definitions';
export * from './snapshots/entitySnapshot';
