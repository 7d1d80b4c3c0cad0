export { scaffolderModuleGoldenPaths as default } from './module';
export { PinTable } from './workflows/PinTable';
export type { PinnedAction } from './workflows/PinTable';
