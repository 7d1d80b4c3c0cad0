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
  EntityItem,
  FactItem,
  ItemText,
  OutageItem,
} from './batch';
import { CompiledDefinitions, ReadySource } from './CompiledDefinitions';

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

const parsed = <T>(text: ItemText): T[] =>
  text === null ? [] : JSON.parse(`[${text}]`);

/** Reads the texts of a batch into what each entity is evaluated over. */
export function readBatch(
  definitions: CompiledDefinitions,
  batch: Batch,
): (entityId: number) => EntityInputs {
  const entities = parsed<EntityItem>(batch.entities);
  const placements = new Map(entities.map(([id, place]) => [id, place]));
  const documents = new Map(entities.map(([id, , entity]) => [id, entity]));
  const dues = new Map(parsed<DueItem>(batch.due).map(due => [due[0], due]));
  const current = new Map<number, Map<number, CurrentResult>>();
  for (const item of parsed<CurrentItem>(batch.current)) {
    const result = toCurrent(item);
    const own = current.get(result.entityId) ?? new Map();
    current.set(result.entityId, own.set(result.scorecardId, result));
  }
  const exemptions = byEntity(parsed<GrantItem>(batch.exemptions));
  const factsOf = factReader(definitions, batch);
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
  batch: Batch,
): (entityId: number) => Record<string, Fact> {
  const facts = new Map<number, Record<string, Fact>>();
  const ofEntity = (entityId: number) => {
    let own = facts.get(entityId);
    if (!own) facts.set(entityId, (own = {}));
    return own;
  };
  for (const [entityId, sourceId, observedAt, payload] of parsed<FactItem>(
    batch.facts,
  )) {
    const source = sources.get(sourceId);
    if (source) {
      ofEntity(entityId)[source.id] = knownFact(payload, {
        freshUntil: source.freshUntil(observedAt),
      });
    }
  }
  const everywhere: [ReadySource, Fact][] = [];
  for (const [entityId, sourceId, error] of parsed<OutageItem>(batch.outages)) {
    const source = sources.get(sourceId);
    if (!source) continue;
    const fact = unknownFact(source.id, 'collectorError', error);
    if (entityId === null) everywhere.push([source, fact]);
    else ofEntity(entityId)[source.id] = fact;
  }
  return entityId => {
    const own = ofEntity(entityId);
    for (const [source, fact] of everywhere) own[source.id] = fact;
    return own;
  };
}
