export * from './clock';
export * from './network';
export * from './secrets';
export * from './signIn';
export * from './sourceControl';
export * from './storage';
