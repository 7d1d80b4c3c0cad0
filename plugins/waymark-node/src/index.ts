export * from './clock';
export * from './productionGuard';
