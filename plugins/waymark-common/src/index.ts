export * from './annotations';
export * from './repositoryReference';
export * from './definitions';
