export * from './changes';
export * from './collectors';
export * from './definitions';
export * from './facts';
export * from './proof';
export * from './rollup';
export * from './scores';
