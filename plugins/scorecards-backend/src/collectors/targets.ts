import {
  CollectedEntity,
  CollectorPartition,
  FactCollector,
  PreviousFact,
} from '@waymark/scorecards-node';
import { TrackedEntity } from '../entities/tables';
import { Fact } from '../facts/tables';

/** An entity as collectors see it. */
export function toCollected(entity: TrackedEntity): CollectedEntity {
  const { id: _, interval: __, deletedAt: ___, ...collected } = entity;
  return collected;
}

const LONGEST_KEY = 255;

/**
 * Where an entity belongs; undefined when the collector has nothing to ask about it.
 *
 * @throws what the collector throws, or TypeError when it gives what cannot be kept
 */
export function placeOf(
  collector: Pick<FactCollector, 'id' | 'partitionOf'>,
  entity: TrackedEntity,
): CollectorPartition | undefined {
  const partition = collector.partitionOf(toCollected(entity));
  if (partition && partition.key.length > LONGEST_KEY) {
    throw new TypeError(
      `The key of a partition must not have more than ${LONGEST_KEY} characters, but that of ${entity.ref} has ${partition.key.length}`,
    );
  }
  return partition;
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
