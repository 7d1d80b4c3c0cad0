import {
  Facts,
  FactSourceSpec,
  knownFact,
  unknownFact,
} from '@waymark/scorecards-common';
import { freshness, FreshUntil } from './freshness';
import type { Knowledge } from './KnowledgeReader';
import { Fact } from './tables';

/** The source of a fact, as a proof and a page name it. */
export const provenanceOf = ({ observedAt, provenance }: Fact) => ({
  observedAt: observedAt.toISOString(),
  ...provenance,
});

/** From when on facts are stale, by id of their source. */
export function freshUntilBySource(
  sources: readonly Pick<FactSourceSpec, 'id' | 'staleAfter'>[],
): FreshUntil {
  return new Map(
    sources.map(({ id, staleAfter }) => [id, freshness(staleAfter)]),
  );
}

/** What is known of an entity, as rules read it. Facts of sources that are not in force are not among it. */
export function ruleFacts(
  { facts, outages }: Knowledge,
  freshUntil: FreshUntil,
): Facts {
  const known = facts.flatMap(fact => {
    const until = freshUntil.get(fact.source);
    return until
      ? [
          [
            fact.source,
            knownFact(fact.payload, {
              ...provenanceOf(fact),
              freshUntil: until(fact.observedAt.getTime()),
            }),
          ] as const,
        ]
      : [];
  });
  const unknown = outages
    .filter(({ source }) => freshUntil.has(source))
    .map(
      ({ source, error }) =>
        [source, unknownFact(source, 'collectorError', error)] as const,
    );
  return Object.fromEntries([...known, ...unknown]);
}
