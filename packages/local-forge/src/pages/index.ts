export { createPages } from './createPages';
export type { CommitFile, PagesOptions, Persona } from './types';
