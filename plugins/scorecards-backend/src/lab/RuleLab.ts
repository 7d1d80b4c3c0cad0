import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { JsonObject } from '@backstage/types';
import {
  LabAnswer,
  LabFilter,
  LabProofs,
  labProofsRequestSchema,
  simulationRequestSchema,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { z } from 'zod';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { KnowledgeReader } from '../facts/KnowledgeReader';
import { freshUntilBySource, ruleFacts } from '../facts/ruleFacts';
import { presentChecks } from '../reads/present';
import { presentProof } from '../reads/presentProof';
import { EntityReader, ReadableEntities } from '../reads/ReadableEntities';
import {
  Compared,
  compareOutcomes,
  onlyReadable,
  propose,
  Proposed,
  SimulationSet,
  simulationSet,
  Simulator,
  standingOf,
  summaryOf,
} from '../simulation';
import { CatalogCopies } from './CatalogCopies';
import { TooLargeError } from './CatalogCopy';
import { filterCompared } from './filterCompared';
import { checksOf, statesOf, tallyChecks } from './tallyChecks';

type Request = z.output<typeof simulationRequestSchema>;

/** What is asked of a definition: a page of the entities that fit a filter, beside what it says of all. */
export interface Asked {
  filter: LabFilter;
  /** Ref of the last entity of the page before. */
  cursor: string | undefined;
  limit: number;
}

/** Says of a definition that is being edited what it would say of the entities, and why. */
export class RuleLab {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #definitions: DefinitionStore;
  readonly #entities: EntityStore;
  readonly #simulator: Simulator;
  readonly #copies: CatalogCopies;
  readonly #readable: ReadableEntities;
  readonly #knowledge: KnowledgeReader;

  static create(options: {
    knex: Knex;
    clock: Clock;
    definitions: DefinitionStore;
    entities: EntityStore;
    simulator: Simulator;
    copies: CatalogCopies;
    readable: ReadableEntities;
  }): RuleLab {
    return new RuleLab(options);
  }

  private constructor(options: Parameters<typeof RuleLab.create>[0]) {
    this.#knex = options.knex;
    this.#clock = options.clock;
    this.#definitions = options.definitions;
    this.#entities = options.entities;
    this.#simulator = options.simulator;
    this.#copies = options.copies;
    this.#readable = options.readable;
    this.#knowledge = KnowledgeReader.of(options.knex);
  }

  /** Works out beforehand what whoever begins to edit a scorecard asks first. */
  async prepare(name: string, signal: AbortSignal): Promise<void> {
    const { scorecards } = await this.#definitions.inForce();
    const scorecard = scorecards.find(one => one.name === name);
    if (!scorecard) return;
    const { title, spec } = scorecard;
    const definition = {
      apiVersion: 'waymark.dev/v1' as const,
      kind: 'Scorecard' as const,
      metadata: { name, title },
      spec: { ...spec },
    };
    const proposed = await propose(
      { definition, factSources: [] },
      this.#definitions,
    );
    const set = await simulationSet(this.#knex, proposed);
    await this.#copies.outcomes(set, signal);
  }

  /**
   * @param readable - whoever may not read all entities is told of those only that he may
   * @throws DefinitionError when the definition could not be adopted
   */
  async answer(
    request: Request,
    { filter, cursor, limit }: Asked,
    options: { readable: EntityReader; signal: AbortSignal },
  ): Promise<Omit<LabAnswer, 'cursor'> & { next?: string }> {
    const proposed = await propose(request, this.#definitions);
    const { scorecard } = proposed;
    const { asOf, compared } = await this.#compare(proposed, options);
    const { scorecards } = await this.#definitions.inForce();
    const today = scorecards.find(({ name }) => name === scorecard.name)?.spec;
    const matching = filterCompared(compared, filter).sort((a, b) =>
      a.subject.entityRef < b.subject.entityRef ? -1 : 1,
    );
    const rest =
      cursor === undefined
        ? matching
        : matching.filter(({ subject }) => subject.entityRef > cursor);
    const page = rest.slice(0, limit);
    const states = statesOf(page, checksOf(scorecard.spec, today));
    return {
      scorecard: scorecard.name,
      asOf: asOf.toISOString(),
      summary: summaryOf(
        compared.flatMap(({ transition }) => transition ?? []),
        {
          entities: compared.filter(({ then }) => then).length,
          before: compared.filter(({ now }) => now).length,
        },
      ),
      checks: tallyChecks(compared, scorecard.spec, today),
      matching: matching.length,
      entities: page.map((one, index) => ({
        ...one.subject,
        from: standingOf(one.now),
        to: standingOf(one.then),
        checks: states[index],
      })),
      ...(rest.length > limit && { next: page.at(-1)!.subject.entityRef }),
    };
  }

  /**
   * @throws NotFoundError when there is no such entity, and in the same words when it may not be read
   * @throws DefinitionError when the definition could not be adopted
   */
  async prove(
    request: z.output<typeof labProofsRequestSchema>,
    credentials: BackstageCredentials,
  ): Promise<LabProofs> {
    const { definition, factSources } = request;
    const proposed = await propose(
      { definition, factSources },
      this.#definitions,
    );
    const { scorecard, sources, compiled } = proposed;
    const entity = await this.#readable.one(request.entityRef, credentials);
    const now = this.#clock.now();
    const set = await simulationSet(this.#knex, proposed);
    const [[outcome], knowledge] = await Promise.all([
      this.#simulator.evaluate([entity.id], set, now),
      this.#knowledge.read([entity.id]),
    ]);
    const { after, holds } = outcome ?? {};
    const common = {
      entityRef: entity.ref,
      scorecard: scorecard.name,
      asOf: now.toISOString(),
    };
    if (!after) return { ...common, standing: null, proofs: [] };
    const results = presentChecks(
      { results: after.results, holds: holds ? JSON.parse(holds) : {} },
      scorecard.spec,
    );
    const input = {
      entity: entity.entity as JsonObject,
      facts: ruleFacts(
        knowledge.get(entity.id)!,
        freshUntilBySource(sources.map(({ spec }) => spec)),
      ),
      now: now.getTime(),
    };
    return {
      ...common,
      standing: standingOf({ ...after, definition: scorecard }),
      proofs: compiled.checks.map((check, index) =>
        presentProof(check, input, {
          ...common,
          definition: scorecard.hash,
          pending: false,
          result: results[index],
        }),
      ),
    };
  }

  async #compare(
    proposed: Proposed,
    options: { readable: EntityReader; signal: AbortSignal },
  ): Promise<{ asOf: Date; compared: Compared[] }> {
    const { readable, signal } = options;
    const set = await simulationSet(this.#knex, proposed);
    const { asOf, tracked, outcomes } = await this.#outcomes(set, signal);
    const compared = await compareOutcomes(outcomes, {
      scorecard: proposed.scorecard,
      // Asked each time: what is kept is for nobody in particular.
      tracked: await onlyReadable(tracked, this.#entities, readable),
      definitions: this.#definitions,
    });
    return { asOf, compared };
  }

  async #outcomes(set: SimulationSet, signal: AbortSignal) {
    try {
      const { copy, outcomes } = await this.#copies.outcomes(set, signal);
      return { asOf: copy.asOf, tracked: copy.tracked, outcomes };
    } catch (error) {
      if (!(error instanceof TooLargeError)) throw error;
      return this.#simulator.evaluateAll(set, signal);
    }
  }
}
