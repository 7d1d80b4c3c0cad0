import { JsonObject } from '@backstage/types';
import { filterPredicateToFilterFunction } from '@backstage/filter-predicates';
import { RuleScope, ScorecardResult } from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { TrackedEntity } from '../entities/tables';
import { GrantReader } from '../exemptions/grants';
import { KnowledgeReader } from '../facts/KnowledgeReader';
import { freshUntilBySource, ruleFacts } from '../facts/ruleFacts';
import { historyOf, withExemptions } from '../results/evaluation/holds';
import { refusePurged } from '../retention';
import { LivingResult, ResultReader } from '../results/ResultReader';
import { CompiledVersions } from './CompiledVersions';
import { DefinitionsOfResults } from './DefinitionsOfResults';

const TEN_THOUSANDTHS = 10_000;
const stored = (share: number | undefined) =>
  share === undefined ? undefined : Math.round(share * TEN_THOUSANDTHS);

/** Evaluates a past instant anew, from what is known of it today. Nothing of it is stored. */
export class Recomputation {
  readonly #definitions: DefinitionStore;
  readonly #knowledge: KnowledgeReader;
  readonly #results: ResultReader;
  readonly #grants: GrantReader;
  readonly #compiled: CompiledVersions;
  readonly #clock: Clock;

  static create(options: {
    definitions: DefinitionStore;
    knowledge: KnowledgeReader;
    results: ResultReader;
    grants: GrantReader;
    compiled: CompiledVersions;
    clock: Clock;
  }): Recomputation {
    return new Recomputation(options);
  }

  private constructor(options: Parameters<typeof Recomputation.create>[0]) {
    this.#definitions = options.definitions;
    this.#knowledge = options.knowledge;
    this.#results = options.results;
    this.#grants = options.grants;
    this.#compiled = options.compiled;
    this.#clock = options.clock;
  }

  /**
   * @param entities - as they were at the instant
   * @returns results by the definitions of then; what was held then is held here
   * @throws NotFoundError when facts that are needed may have been purged
   */
  async results(
    entities: readonly TrackedEntity[],
    asOf: Date,
  ): Promise<LivingResult[]> {
    const ids = entities.map(({ id }) => id);
    const [{ scorecards, factSources }, knowledge, said, exempt] =
      await Promise.all([
        this.#definitions.inForce(asOf),
        this.#knowledge.read(ids, { asOf, knowledge: 'now' }),
        this.#results.current(ids, { asOf }),
        this.#grants.read(ids, { at: asOf, asOf }),
      ]);
    const versions = await DefinitionsOfResults.read(
      this.#definitions,
      said,
      asOf,
    );
    const freshUntil = freshUntilBySource(factSources.map(({ spec }) => spec));
    const scope = RuleScope.create();
    return entities.flatMap(({ id, entity }) => {
      scope.enter({
        entity: entity as JsonObject,
        facts: ruleFacts(knowledge.get(id)!, freshUntil),
        now: asOf.getTime(),
      });
      return scorecards
        .filter(({ spec }) =>
          filterPredicateToFilterFunction<unknown>(spec.appliesTo)(entity),
        )
        .flatMap(definition => {
          const compiled = this.#compiled.of(definition, factSources);
          refusePurged({
            asOf,
            now: this.#clock.now(),
            reads: compiled?.sources ?? [],
            factSources,
            known: knowledge.get(id)!,
          });
          const then = said.find(
            ({ entityId, scorecard }) =>
              entityId === id && scorecard === definition.name,
          );
          return compiled
            ? toResult(
                compiled.evaluate(
                  scope,
                  withExemptions(
                    then &&
                      historyOf(
                        versions.of(then).spec.checks.map(check => check.id),
                        then.results,
                        then.holds,
                      ),
                    exempt.get(id)?.get(definition.name),
                  ),
                ),
                { id, definition, asOf, then },
              )
            : [];
        });
    });
  }
}

function toResult(
  { results, level, points, confidence, holds }: ScorecardResult,
  context: {
    id: number;
    definition: { id: number; name: string };
    asOf: Date;
    then: LivingResult | undefined;
  },
): LivingResult {
  const { id, definition, asOf, then } = context;
  return {
    seq: then?.seq ?? 0,
    entityId: id,
    scorecard: definition.name,
    definitionId: definition.id,
    results,
    level,
    points: stored(points),
    confidence: stored(confidence),
    cause: then?.cause ?? 'new',
    holds,
    validFrom: then?.results === results ? then.validFrom : asOf,
  };
}
