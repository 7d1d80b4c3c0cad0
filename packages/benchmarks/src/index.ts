export { median, summarise } from './statistics';
export type { Figure } from './statistics';
