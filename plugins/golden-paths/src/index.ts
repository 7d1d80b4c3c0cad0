/**
 * Golden paths in the browser: fields of their forms, the pages of Create, and where a path begins.
 *
 * @packageDocumentation
 */
export { goldenPathsPlugin as default } from './plugin';
export { scaffolderPagesModule } from './scaffolderPages';
export { goldenPathsApiRef, type GoldenPathsApi } from './api/GoldenPathsApi';
