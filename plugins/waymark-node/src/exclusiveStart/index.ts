export * from './exclusiveStartServiceFactory';
