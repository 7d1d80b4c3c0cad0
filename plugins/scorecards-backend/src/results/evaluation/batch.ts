import type { JsonObject } from '@backstage/types';
import type { Hold } from '@waymark/scorecards-common';
import type { GrantItem } from '../../exemptions/inForce';
import type { Cause } from '../cause';
import type { UnusableScorecard } from './definitionSet';

/** An entity that is evaluated anew, and why. */
export interface Leased {
  entityId: number;
  generation: number;
  cause: Cause;
  detail: string | null;
}

/** JSON of items with commas between them; null where there is none, as databases aggregate. */
export type ItemText = string | null;

/**
 * What a batch of entities is evaluated over. The long lists are JSON texts that the databases have made: they go to the
 * other thread as they are, and only there are they read.
 */
export interface Batch {
  leased: Leased[];
  /** The instant of the evaluation, in ms since 1970. */
  now: number;
  /** {@link EntityItem} of those that the catalog still has. */
  entities: ItemText;
  /** {@link FactItem} */
  facts: ItemText;
  /** {@link OutageItem} */
  outages: ItemText;
  /** {@link GrantItem} */
  exemptions: ItemText;
  /** {@link CurrentItem} */
  current: ItemText;
  /** {@link DueItem} */
  due: ItemText;
}

/** A batch for an evaluator that may keep a part of it. */
export interface KeptBatch extends Batch {
  /** Under this name entities and facts are kept: those of the batch are not looked at. */
  kept?: string;
}

/** The part of a batch that an evaluator can keep, for one definition after the other. */
export type KeptTexts = Pick<Batch, 'entities' | 'facts'>;

/** Number of the entity, number of its placement, the entity as the catalog writes it. */
export type EntityItem = [number, number, JsonObject];
/** Number of the entity, number of the source, when it was observed, what. */
export type FactItem = [number, number, number, JsonObject];
/** Number of the entity or null for all, number of the source, the error. */
export type OutageItem = [number | null, number, string];
/** When the results of an entity may change by themselves. */
export type DueItem = [number, number, Cause];
/** A result in force, in the order of the columns that the query names. */
export type CurrentItem = [
  seq: number,
  entityId: number,
  scorecardId: number,
  definitionId: number,
  layoutId: number,
  placementId: number,
  results: string,
  level: number | null,
  points: number | null,
  confidence: number | null,
  holds: Record<string, Hold> | null,
];

/** A result that is in force. */
export interface CurrentResult {
  seq: number;
  entityId: number;
  scorecardId: number;
  definitionId: number;
  layoutId: number;
  placementId: number;
  results: string;
  level: number | null;
  /** Ten-thousandths, like `confidence`. */
  points: number | null;
  confidence: number | null;
  holds: Record<string, Hold> | undefined;
}

/** The columns of `results` that an evaluation gives. */
export interface ResultColumns {
  entity_id: number[];
  scorecard_id: number[];
  definition_id: number[];
  layout_id: number[];
  placement_id: number[];
  results: (string | null)[];
  level: (number | null)[];
  points: (number | null)[];
  confidence: (number | null)[];
  cause: Cause[];
  detail: (string | null)[];
  holds: (string | null)[];
  previous: (number | null)[];
}

/** A row of {@link ResultColumns} without what the lease says. */
export type ResultRow = {
  [Column in Exclude<
    keyof ResultColumns,
    'entity_id' | 'cause' | 'detail'
  >]: ResultColumns[Column][number];
};

/** What differs from what is stored. */
export interface Differences {
  results: ResultColumns;
  due: { entity_id: number[]; at: number[]; cause: Cause[] };
  /** Entities whose results do not change by themselves any more. */
  notDue: number[];
  /** Entities that could not be evaluated: their results stay. */
  failed: { entityId: number; error: string }[];
  /** Scorecards that were not evaluated at all. */
  unusable: readonly UnusableScorecard[];
}
