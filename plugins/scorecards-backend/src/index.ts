export { FactStore, type Written } from './facts/FactStore';
export type { Fact, Observation, Provenance } from './facts/tables';
