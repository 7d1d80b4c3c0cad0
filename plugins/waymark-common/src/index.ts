export * from './annotations';
export * from './repositoryReference';
