import { CollectedEntity, PreviousFact } from '@waymark/scorecards-node';
import { TrackedEntity } from '../entities/tables';
import { Fact } from '../facts/tables';

/** An entity as collectors see it. */
export function toCollected(entity: TrackedEntity): CollectedEntity {
  const { id: _, interval: __, deletedAt: ___, ...collected } = entity;
  return collected;
}

/** What a collector has said before, by id of the source. */
export function previousFacts(
  collector: string,
  facts: Fact[],
): Map<string, PreviousFact> {
  return new Map(
    facts
      .filter(({ provenance }) => provenance.collector === collector)
      .map(({ source, payload, observedAt, provenance }) => [
        source,
        {
          payload,
          observedAt,
          ...(provenance.url !== undefined && { url: provenance.url }),
          ...(provenance.commit !== undefined && { commit: provenance.commit }),
        },
      ]),
  );
}
