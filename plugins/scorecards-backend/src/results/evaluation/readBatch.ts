import type { JsonObject } from '@backstage/types';
import { knownFact, unknownFact, type Fact } from '@waymark/scorecards-common';
import {
  byEntity,
  type ExemptChecks,
  type GrantItem,
} from '../../exemptions/inForce';
import {
  Batch,
  CurrentItem,
  CurrentResult,
  DueItem,
  OutageItem,
} from './batch';
import { CompiledDefinitions, ReadySource } from './CompiledDefinitions';
import { KeptInputs, parsed } from './KeptInputs';

/** All that the results of one entity depend on. */
export interface EntityInputs {
  /** As the catalog writes it; undefined when it is gone. */
  entity: JsonObject | undefined;
  placementId: number;
  facts: Record<string, Fact>;
  /** The results in force, by number of the scorecard. */
  current: ReadonlyMap<number, CurrentResult>;
  due: DueItem | undefined;
  /** Checks that do not count for now. */
  exempt: ExemptChecks;
}

const NOTHING_EXEMPT: ExemptChecks = new Map();

/**
 * Reads the texts of a batch into what each entity is evaluated over.
 *
 * @param kept - entities and facts in place of those of the batch
 */
export function readBatch(
  definitions: CompiledDefinitions,
  batch: Batch,
  kept = KeptInputs.read(batch),
): (entityId: number) => EntityInputs {
  const { placements, documents } = kept;
  const dues = new Map(parsed<DueItem>(batch.due).map(due => [due[0], due]));
  const current = new Map<number, Map<number, CurrentResult>>();
  for (const item of parsed<CurrentItem>(batch.current)) {
    const result = toCurrent(item);
    const own = current.get(result.entityId) ?? new Map();
    current.set(result.entityId, own.set(result.scorecardId, result));
  }
  const exemptions = byEntity(parsed<GrantItem>(batch.exemptions));
  const factsOf = factReader(definitions, batch, kept);
  return entityId => ({
    entity: documents.get(entityId),
    placementId: placements.get(entityId) ?? 0,
    facts: factsOf(entityId),
    current: current.get(entityId) ?? new Map(),
    due: dues.get(entityId),
    exempt: exemptions.get(entityId) ?? NOTHING_EXEMPT,
  });
}

function toCurrent(item: CurrentItem): CurrentResult {
  const [seq, entityId, scorecardId, definitionId, layoutId, placementId] =
    item;
  const [, , , , , , results, level, points, confidence, holds] = item;
  return {
    seq,
    entityId,
    scorecardId,
    definitionId,
    layoutId,
    placementId,
    results,
    level,
    points,
    confidence,
    holds: holds ?? undefined,
  };
}

function factReader(
  { sources }: CompiledDefinitions,
  { outages }: Batch,
  kept: KeptInputs,
): (entityId: number) => Record<string, Fact> {
  const everywhere: [ReadySource, Fact][] = [];
  const own = new Map<number, [ReadySource, Fact][]>();
  for (const [entityId, sourceId, error] of parsed<OutageItem>(outages)) {
    const source = sources.get(sourceId);
    if (!source) continue;
    const out: [ReadySource, Fact] = [
      source,
      unknownFact(source.id, 'collectorError', error),
    ];
    if (entityId === null) everywhere.push(out);
    else own.set(entityId, [...(own.get(entityId) ?? []), out]);
  }
  return entityId => {
    const facts: Record<string, Fact> = {};
    for (const item of kept.facts.get(entityId) ?? []) {
      const [, sourceId, observedAt, payload] = item;
      const source = sources.get(sourceId);
      if (source) {
        const freshUntil = source.freshUntil(observedAt);
        facts[source.id] = knownFact(payload, { freshUntil });
      }
    }
    for (const [source, fact] of own.get(entityId) ?? []) {
      facts[source.id] = fact;
    }
    for (const [source, fact] of everywhere) facts[source.id] = fact;
    return facts;
  };
}
