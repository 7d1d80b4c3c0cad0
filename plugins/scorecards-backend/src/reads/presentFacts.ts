import { EntityFact } from '@waymark/scorecards-common';
import type { Knowledge } from '../facts/KnowledgeReader';
import { freshUntilBySource, provenanceOf } from '../facts/ruleFacts';
import { Fact } from '../facts/tables';

/**
 * What is known of an entity, source by source, in the order of their ids.
 *
 * @param at - the instant at which it is fresh or stale
 */
export function presentFacts(
  { facts, outages }: Knowledge,
  freshUntil: ReturnType<typeof freshUntilBySource>,
  at: Date,
): EntityFact[] {
  const errors = new Map(outages.map(({ source, error }) => [source, error]));
  const known = new Map(facts.map(fact => [fact.source, fact]));
  return [...new Set([...known.keys(), ...errors.keys()])]
    .sort()
    .map(source =>
      presentFact(
        source,
        known.get(source),
        errors.get(source),
        freshUntil.get(source),
        at,
      ),
    );
}

function presentFact(
  source: string,
  fact: Fact | undefined,
  error: string | undefined,
  freshUntil: ((observedAt: number) => number) | undefined,
  at: Date,
): EntityFact {
  const until = fact && freshUntil?.(fact.observedAt.getTime());
  const fresh = until === undefined || until > at.getTime();
  const state = fresh ? 'known' : 'stale';
  return {
    source,
    state: error === undefined ? state : 'collectorError',
    ...(error !== undefined && { error }),
    payload: (fact?.payload as EntityFact['payload']) ?? null,
    ...(fact && {
      ...provenanceOf(fact),
      ...(until !== undefined &&
        Number.isFinite(until) && {
          freshUntil: new Date(until).toISOString(),
        }),
      validFrom: fact.validFrom.toISOString(),
      ...(fact.validTo && { validTo: fact.validTo.toISOString() }),
    }),
  };
}
