export { FactStore, type Written } from './facts/FactStore';
export type { Fact, Observation, Provenance } from './facts/tables';
export { scorecardsPlugin as default } from './plugin';
