export * from './clock';
export * from './entitySnapshots';
export * from './exclusiveStart';
export * from './github';
export * from './http';
export * from './productionGuard';
export * from './scheduler';
