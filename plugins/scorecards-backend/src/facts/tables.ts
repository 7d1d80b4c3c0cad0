import { JsonObject } from '@backstage/types';

export const FACTS = 'facts';
export const LATE = 'late_facts';
export const SOURCES = 'fact_sources';
export const HEAD = 'fact_head';

/** PostgreSQL gives 64-bit integers as text. */
export type Big = number | string;

export interface ProvenanceColumns {
  observed_at: Big;
  collector: string;
  url: string | null;
  commit: string | null;
}

export interface FactRow extends ProvenanceColumns {
  version: Big;
  entity_id: number;
  source_id: number;
  payload: string;
  valid_from: Big;
  valid_to: Big | null;
}

/** Where a fact comes from. */
export interface Provenance {
  /** The id of a collector, or the subject of a token. */
  collector: string;
  /** Where a person can see it. */
  url?: string;
  /** Of the repository that was looked at. */
  commit?: string;
}

/** What a source says of an entity. */
export interface Observation {
  /** Number of the entity in this database. */
  entityId: number;
  /** Id of the fact source. */
  source: string;
  payload: JsonObject;
  observedAt: Date;
  /** Whether nothing that the same collector has said of it before is younger, whatever the clocks say. */
  isLatest?: boolean;
  provenance: Provenance;
}

/** An observation that is or was in force. */
export interface Fact extends Omit<Observation, 'isLatest'> {
  /** Greater than that of every fact written before. */
  version: number;
  validFrom: Date;
  /** Undefined while it is in force. */
  validTo?: Date;
}

export const provenanceColumns = (
  observation: Pick<Observation, 'observedAt' | 'provenance'>,
): ProvenanceColumns => ({
  observed_at: observation.observedAt.getTime(),
  collector: observation.provenance.collector,
  url: observation.provenance.url ?? null,
  commit: observation.provenance.commit ?? null,
});

export const toFact = (row: FactRow & { source: string }): Fact => ({
  version: Number(row.version),
  entityId: row.entity_id,
  source: row.source,
  payload: JSON.parse(row.payload),
  observedAt: new Date(Number(row.observed_at)),
  provenance: {
    collector: row.collector,
    ...(row.url !== null && { url: row.url }),
    ...(row.commit !== null && { commit: row.commit }),
  },
  validFrom: new Date(Number(row.valid_from)),
  ...(row.valid_to !== null && { validTo: new Date(Number(row.valid_to)) }),
});

/**
 * A fact that was in force at an instant, as it was seen by then. While it was confirmed again and again it was never stale,
 * so that it held until the instant; where it was seen later is not part of what was known then.
 */
export function seenBy(fact: Fact, instant: Date): Fact {
  return fact.observedAt <= instant
    ? fact
    : {
        ...fact,
        observedAt: instant,
        provenance: { collector: fact.provenance.collector },
      };
}
