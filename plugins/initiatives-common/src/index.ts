export * from './initiative';
