import { Config } from '@backstage/config';

/**
 * A reason why a configuration must not run in production.
 * @public
 */
export interface ProductionFinding {
  /** The configuration key it is about, such as `backend.database.client`. */
  key: string;
  /** What is wrong with it. Never repeats a secret. */
  problem: string;
  /** What the operator is to do. */
  remedy: string;
}

/** One aspect of a configuration; pure, so that every rule can be tested without a backend. */
export type ProductionCheck = (config: Config) => ProductionFinding[];
