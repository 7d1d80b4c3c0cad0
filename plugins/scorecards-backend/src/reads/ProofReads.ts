import { JsonObject } from '@backstage/types';
import { NotFoundError } from '@backstage/errors';
import { CheckProof } from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { TrackedEntity } from '../entities/tables';
import { KnowledgeReader } from '../facts/KnowledgeReader';
import { freshUntilBySource, ruleFacts } from '../facts/ruleFacts';
import { refusePurged } from '../retention';
import { ResultReader } from '../results/ResultReader';
import { CompiledVersions } from './CompiledVersions';
import { DefinitionsOfResults } from './DefinitionsOfResults';
import { presentChecks } from './present';
import { presentProof } from './presentProof';
import { PendingEvaluations } from './ScoreReads';

/**
 * Why a check says what it says of an entity. A proof is computed when it is asked for, from the definition, the facts and
 * the entity of the instant.
 */
export class ProofReads {
  readonly #results: ResultReader;
  readonly #definitions: DefinitionStore;
  readonly #knowledge: KnowledgeReader;
  readonly #compiled: CompiledVersions;
  readonly #pending: PendingEvaluations;
  readonly #clock: Clock;

  static create(options: {
    results: ResultReader;
    definitions: DefinitionStore;
    knowledge: KnowledgeReader;
    compiled: CompiledVersions;
    pending: PendingEvaluations;
    clock: Clock;
  }): ProofReads {
    return new ProofReads(options);
  }

  private constructor(options: Parameters<typeof ProofReads.create>[0]) {
    this.#results = options.results;
    this.#definitions = options.definitions;
    this.#knowledge = options.knowledge;
    this.#compiled = options.compiled;
    this.#pending = options.pending;
    this.#clock = options.clock;
  }

  /**
   * @param entity - as it was at the instant
   * @throws NotFoundError saying what there is not: the scorecard for this entity, or the check
   */
  async proof(
    entity: TrackedEntity,
    wanted: { scorecard: string; check: string; asOf?: Date },
  ): Promise<CheckProof> {
    const { scorecard, check: checkId, asOf } = wanted;
    const at = asOf ?? this.#clock.now();
    const [{ factSources }, knowledge] = await Promise.all([
      this.#definitions.inForce(asOf),
      this.#knowledge.read([entity.id], { asOf }),
    ]);
    // In this order: what the facts say is in the result, or it is pending.
    const pending = asOf
      ? new Set<number>()
      : await this.#pending.pending([entity.id]);
    const [result] = await this.#results.current([entity.id], {
      asOf,
      scorecard,
    });
    if (!result) {
      throw new NotFoundError(
        `The scorecard "${scorecard}" says nothing of ${entity.ref}`,
      );
    }
    const versions = await DefinitionsOfResults.read(
      this.#definitions,
      [result],
      asOf,
    );
    const shown = versions.of(result);
    const index = shown.spec.checks.findIndex(({ id }) => id === checkId);
    const compiled = this.#compiled.of(shown, factSources);
    if (index < 0) {
      throw new NotFoundError(
        `The scorecard "${scorecard}" has no check "${checkId}"`,
      );
    }
    if (!compiled) {
      throw new NotFoundError(
        `The rules of "${scorecard}" do not fit the fact sources of that instant any more, so there is no proof`,
      );
    }
    if (asOf) {
      const { rule, when, warn } = compiled.checks[index];
      refusePurged({
        asOf,
        now: this.#clock.now(),
        reads: [rule, when, warn].flatMap(one => one?.sources ?? []),
        factSources,
        known: knowledge.get(entity.id)!,
      });
    }
    return presentProof(
      compiled.checks[index],
      {
        entity: entity.entity as JsonObject,
        facts: ruleFacts(
          knowledge.get(entity.id)!,
          freshUntilBySource(factSources.map(({ spec }) => spec)),
        ),
        now: at.getTime(),
      },
      {
        entityRef: entity.ref,
        scorecard,
        definition: shown.hash,
        asOf: at.toISOString(),
        pending: pending.has(entity.id),
        result: presentChecks(result, shown.spec)[index],
      },
    );
  }
}
