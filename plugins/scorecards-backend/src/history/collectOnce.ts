import {
  CollectedEntity,
  CollectedFact,
  CollectorPartition,
  FactCollector,
  HostGate,
} from '@waymark/scorecards-node';
import { callCollector } from '../collectors/callCollector';

const TIMEOUT_MILLIS = 60_000;

/**
 * What a collector of one source sees of entities, by their refs. What it could not see is left out.
 *
 * @throws what a whole call of it has thrown
 */
export async function collectOnce(
  collector: FactCollector,
  entities: readonly CollectedEntity[],
  now: Date,
): Promise<Map<string, CollectedFact>> {
  const hosts = HostGate.create();
  const [source] = collector.sources;
  const found = new Map<string, CollectedFact>();
  for (const { partition, members } of partitionsOf(collector, entities)) {
    const { facts, thrown } = await callCollector(collector, {
      partition,
      entities: members.map(entity => ({ ...entity, previous: new Map() })),
      isWhole: true,
      state: undefined,
      hosts,
      now,
      timeoutMillis: TIMEOUT_MILLIS,
      signal: new AbortController().signal,
    });
    if (thrown) throw thrown.error;
    for (const [ref, bySource] of facts) {
      const fact = bySource.get(source);
      if (fact) found.set(ref, fact);
    }
  }
  return found;
}

function partitionsOf(
  collector: FactCollector,
  entities: readonly CollectedEntity[],
) {
  const partitions = new Map<
    string,
    { partition: CollectorPartition; members: CollectedEntity[] }
  >();
  for (const entity of entities) {
    const partition = collector.partitionOf(entity);
    if (!partition) continue;
    const known = partitions.get(partition.key) ?? { partition, members: [] };
    known.members.push(entity);
    partitions.set(partition.key, known);
  }
  return partitions.values();
}
