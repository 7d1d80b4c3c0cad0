export * from './annotations';
export * from './catalogProblem';
export * from './codeOwners';
export { matchesGlob } from './glob';
export * from './repositoryReference';
export * from './repositoryUrl';
export * from './definitions';
export * from './snapshots/continues';
export * from './snapshots/entitySnapshot';
