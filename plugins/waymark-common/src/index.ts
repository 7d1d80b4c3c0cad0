export * from './annotations';
export * from './repositoryReference';
export * from './definitions';
export * from './snapshots/entitySnapshot';
