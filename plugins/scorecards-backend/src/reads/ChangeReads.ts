import { ResultChanges } from '@waymark/scorecards-common';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { ResultReader } from '../results/ResultReader';
import { DefinitionsOfResults } from './DefinitionsOfResults';
import { presentSummary } from './present';

/** The feed of changed results, as it is shown. */
export class ChangeReads {
  readonly #results: ResultReader;
  readonly #entities: EntityStore;
  readonly #definitions: DefinitionStore;

  static create(options: {
    results: ResultReader;
    entities: EntityStore;
    definitions: DefinitionStore;
  }): ChangeReads {
    return new ChangeReads(options);
  }

  private constructor(options: Parameters<typeof ChangeReads.create>[0]) {
    this.#results = options.results;
    this.#entities = options.entities;
    this.#definitions = options.definitions;
  }

  /** @param after - the last sequence that the caller has */
  async changes(after: number, limit: number): Promise<ResultChanges> {
    const results = await this.#results.changes(after, limit);
    const [entities, definitions] = await Promise.all([
      this.#entities.byIds(results.map(({ entityId }) => entityId)),
      DefinitionsOfResults.read(this.#definitions, results),
    ]);
    const refs = new Map(entities.map(({ id, ref }) => [id, ref]));
    return {
      items: results.map(result => {
        const { scorecard, rank, points, confidence, ...summary } =
          presentSummary(result, definitions.applied(result));
        return {
          sequence: result.seq,
          entityRef: refs.get(result.entityId) ?? '',
          scorecard,
          at: result.validFrom.toISOString(),
          rank,
          points,
          confidence,
          definition: summary.definition,
          cause: result.cause,
          ...(result.detail !== undefined && { causeDetail: result.detail }),
          removed: result.results === undefined,
          results: result.results ?? '',
        };
      }),
      next: results.at(-1)?.seq ?? after,
    };
  }
}
