export * from './clock';
export * from './entitySnapshots';
export * from './productionGuard';
