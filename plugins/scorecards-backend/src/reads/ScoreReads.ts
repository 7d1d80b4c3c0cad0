import {
  EntityHistory,
  EntityScores,
  PackedResults,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { TrackedEntity } from '../entities/tables';
import { GrantReader } from '../exemptions/grants';
import { KnowledgeTime } from '../facts/KnowledgeReader';
import {
  LivingResult,
  ResultReader,
  StoredResult,
} from '../results/ResultReader';
import { DefinitionsOfResults } from './DefinitionsOfResults';
import { changesBetween, presentScore, presentSummary } from './present';
import { Recomputation } from './Recomputation';

/** Whether something is still to be evaluated. */
export interface PendingEvaluations {
  /** Those of some entities that are to be evaluated anew. */
  pending(entityIds: readonly number[]): Promise<Set<number>>;
}

/** Which results were replayed for a demonstration. */
export interface ReplayedResults {
  /** Undefined where all of the past was lived through. */
  interval(): Promise<{ from: Date; to: Date } | undefined>;
}

/** What scorecards say of entities, as it is shown. */
export class ScoreReads {
  readonly #results: ResultReader;
  readonly #grants: GrantReader;
  readonly #definitions: DefinitionStore;
  readonly #pending: PendingEvaluations;
  readonly #recomputation: Recomputation;
  readonly #replayed: ReplayedResults;
  readonly #clock: Clock;

  static create(options: {
    results: ResultReader;
    grants: GrantReader;
    definitions: DefinitionStore;
    pending: PendingEvaluations;
    recomputation: Recomputation;
    replayed: ReplayedResults;
    clock: Clock;
  }): ScoreReads {
    return new ScoreReads(options);
  }

  private constructor(options: Parameters<typeof ScoreReads.create>[0]) {
    this.#results = options.results;
    this.#grants = options.grants;
    this.#definitions = options.definitions;
    this.#pending = options.pending;
    this.#recomputation = options.recomputation;
    this.#replayed = options.replayed;
    this.#clock = options.clock;
  }

  /**
   * The scores of entities that the caller may read, in their order.
   *
   * @param entities - as they were at the instant
   */
  async scores(
    entities: readonly TrackedEntity[],
    options: { asOf?: Date; knowledge?: KnowledgeTime } = {},
  ): Promise<EntityScores[]> {
    const { asOf, knowledge = 'then' } = options;
    const ids = entities.map(({ id }) => id);
    const at = asOf ?? this.#clock.now();
    const results =
      asOf && knowledge === 'now'
        ? await this.#recomputation.results(entities, asOf)
        : await this.#results.current(ids, { asOf });
    const [definitions, exempt, pending] = await Promise.all([
      DefinitionsOfResults.read(this.#definitions, results, asOf),
      this.#grants.read(ids, { at, asOf }),
      asOf ? new Set<number>() : this.#pending.pending(ids),
    ]);
    const byEntity = groupByEntity(results);
    const demo = await this.#demo();
    return entities.map(({ id, ref, owner }) => ({
      entityRef: ref,
      asOf: at.toISOString(),
      ...(owner !== undefined && { owner }),
      knowledge,
      pending: pending.has(id),
      scorecards: (byEntity.get(id) ?? []).map(result => ({
        ...presentScore(
          result,
          definitions.of(result),
          exempt.get(id)?.get(result.scorecard),
        ),
        ...demo(result),
      })),
    }));
  }

  /** What is stored of entities that the caller may read, in their order. */
  async packed(
    entities: readonly TrackedEntity[],
    options: { asOf?: Date; scorecard?: string },
  ): Promise<PackedResults['items']> {
    const ids = entities.map(({ id }) => id);
    const results = await this.#results.current(ids, options);
    const definitions = await DefinitionsOfResults.read(
      this.#definitions,
      results,
      options.asOf,
    );
    const byEntity = groupByEntity(results);
    return entities.map(({ id, ref }) => ({
      entityRef: ref,
      results: (byEntity.get(id) ?? []).map(result => {
        const { title, rated, level, levelTitle, ...summary } = presentSummary(
          result,
          definitions.of(result),
        );
        return { ...summary, results: result.results };
      }),
    }));
  }

  /**
   * What changed in the results of an entity, newest first.
   *
   * @returns `next` is what to give as `before` for the following page, where there may be one
   */
  async history(
    entity: TrackedEntity,
    page: { scorecard?: string; before?: number; limit: number },
  ): Promise<{ history: EntityHistory; next?: number }> {
    const results = await this.#results.history(entity.id, page);
    const previous = await this.#results.bySeq(
      results.flatMap(({ previous: seq }) => seq ?? []),
    );
    const definitions = await DefinitionsOfResults.read(this.#definitions, [
      ...results,
      ...previous.values(),
    ]);
    const sideOf = (result: StoredResult | undefined) =>
      result?.results === undefined
        ? undefined
        : { results: result.results, spec: definitions.of(result).spec };
    const demo = await this.#demo();
    const items = results.map(result => ({
      ...presentSummary(result, definitions.of(result)),
      ...demo(result),
      ...(result.validTo && { until: result.validTo.toISOString() }),
      removed: result.results === undefined,
      changes: changesBetween(
        sideOf(
          result.previous === undefined
            ? undefined
            : previous.get(result.previous),
        ),
        sideOf(result),
      ),
    }));
    return {
      history: { entityRef: entity.ref, items },
      ...(results.length === page.limit && { next: results.at(-1)!.seq }),
    };
  }

  async #demo(): Promise<(result: { validFrom: Date }) => { demo?: true }> {
    const until = (await this.#replayed.interval())?.to;
    return ({ validFrom }) =>
      until !== undefined && validFrom < until ? { demo: true } : {};
  }
}

function groupByEntity(
  results: readonly LivingResult[],
): Map<number, LivingResult[]> {
  const groups = new Map<number, LivingResult[]>();
  for (const result of results) {
    const group = groups.get(result.entityId);
    if (group) group.push(result);
    else groups.set(result.entityId, [result]);
  }
  return groups;
}
