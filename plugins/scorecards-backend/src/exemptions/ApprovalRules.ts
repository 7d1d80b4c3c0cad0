import { JsonObject } from '@backstage/types';
import { RuleScope, Unknown } from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { Adopted } from '../definitions/tables';
import { TrackedEntity } from '../entities/tables';
import { KnowledgeReader } from '../facts/KnowledgeReader';
import { freshUntilBySource, ruleFacts } from '../facts/ruleFacts';
import { CompiledVersions } from '../reads/CompiledVersions';
import { Approval } from './core/Exemption';

/** Whose approval an exemption needs. */
export class ApprovalRules {
  readonly #definitions: DefinitionStore;
  readonly #knowledge: KnowledgeReader;
  readonly #compiled: CompiledVersions;
  readonly #clock: Clock;

  static create(options: {
    definitions: DefinitionStore;
    knowledge: KnowledgeReader;
    compiled: CompiledVersions;
    clock: Clock;
  }): ApprovalRules {
    return new ApprovalRules(options);
  }

  private constructor(options: Parameters<typeof ApprovalRules.create>[0]) {
    this.#definitions = options.definitions;
    this.#knowledge = options.knowledge;
    this.#compiled = options.compiled;
    this.#clock = options.clock;
  }

  /**
   * The owner of the scorecard, and each group of `exemptions.also` whose condition is true or unknown for any of the
   * entities. Each group once.
   *
   * @param entities - undefined where nobody knows which ones they will be, as of a system: then no condition is known
   */
  async of(
    scorecard: Adopted<'Scorecard'>,
    entities: readonly TrackedEntity[] | undefined,
  ): Promise<Approval[]> {
    const { owner, exemptions } = scorecard.spec;
    const verdicts =
      exemptions.also.length > 0
        ? await this.#verdicts(scorecard, entities)
        : [];
    const asked: Approval[] = [
      { group: owner, because: 'owner' },
      ...exemptions.also.flatMap(({ group, when }, index) =>
        verdicts[index]
          ? [{ group, because: verdicts[index]!, condition: when }]
          : [],
      ),
    ];
    return asked.filter(
      ({ group }, index) =>
        asked.findIndex(other => other.group === group) === index,
    );
  }

  async #verdicts(
    scorecard: Adopted<'Scorecard'>,
    entities: readonly TrackedEntity[] | undefined,
  ): Promise<('condition' | 'unknown' | undefined)[]> {
    const { also } = scorecard.spec.exemptions;
    const { factSources } = await this.#definitions.inForce();
    const compiled = this.#compiled.of(scorecard, factSources);
    if (!compiled || !entities) return also.map(() => 'unknown');
    const knowledge = await this.#knowledge.read(entities.map(({ id }) => id));
    const freshUntil = freshUntilBySource(factSources.map(({ spec }) => spec));
    const scope = RuleScope.create();
    const verdicts: ('condition' | 'unknown' | undefined)[] = also.map(
      () => undefined,
    );
    for (const { id, entity } of entities) {
      scope.enter({
        entity: entity as JsonObject,
        facts: ruleFacts(knowledge.get(id)!, freshUntil),
        now: this.#clock.now().getTime(),
      });
      compiled.exemptionConditions.forEach((condition, index) => {
        const outcome = condition.test(scope);
        if (outcome instanceof Unknown) verdicts[index] ??= 'unknown';
        else if (outcome) verdicts[index] = 'condition';
      });
    }
    return verdicts;
  }
}
