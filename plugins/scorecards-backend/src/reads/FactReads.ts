import { EntityFacts } from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { TrackedEntity } from '../entities/tables';
import { KnowledgeReader } from '../facts/KnowledgeReader';
import { freshUntilBySource } from '../facts/ruleFacts';
import { presentFacts } from './presentFacts';

/** What is known of entities, as it is shown. */
export class FactReads {
  readonly #knowledge: KnowledgeReader;
  readonly #definitions: DefinitionStore;
  readonly #clock: Clock;

  static create(options: {
    knowledge: KnowledgeReader;
    definitions: DefinitionStore;
    clock: Clock;
  }): FactReads {
    return new FactReads(options);
  }

  private constructor(options: Parameters<typeof FactReads.create>[0]) {
    this.#knowledge = options.knowledge;
    this.#definitions = options.definitions;
    this.#clock = options.clock;
  }

  /** The facts of entities that the caller may read, in their order. */
  async facts(
    entities: readonly TrackedEntity[],
    options: { asOf?: Date; source?: string },
  ): Promise<EntityFacts[]> {
    const { asOf, source } = options;
    const at = asOf ?? this.#clock.now();
    const ids = entities.map(({ id }) => id);
    const [known, { factSources }] = await Promise.all([
      this.#knowledge.read(ids, { asOf }),
      this.#definitions.inForce(asOf),
    ]);
    const freshUntil = freshUntilBySource(factSources.map(({ spec }) => spec));
    return entities.map(({ id, ref }) => ({
      entityRef: ref,
      asOf: at.toISOString(),
      facts: presentFacts(known.get(id)!, freshUntil, at).filter(
        fact => source === undefined || fact.source === source,
      ),
    }));
  }
}
