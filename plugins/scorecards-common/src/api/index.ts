export * from './changes';
export * from './definitions';
export * from './facts';
export * from './proof';
export * from './rollup';
export * from './scores';
