import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import {
  Exemption as ShownExemption,
  ExemptionState,
  scorecardsExemptionDecidePermission,
  scorecardsExemptionRequestPermission,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { EntityAccess } from '../access/EntityAccess';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { TrackedEntity } from '../entities/tables';
import { EntityReader, ReadableEntities } from '../reads/ReadableEntities';
import { approverFor, Asker, membershipsOf } from './Asker';
import { Exemption } from './core/Exemption';
import { canDecide, stateAt } from './core/decide';
import { DelegateDirectory } from './DelegateDirectory';
import { ExemptionStore, StoredExemption } from './ExemptionStore';
import { Delegates } from './notices';
import { ExemptionContext, presentExemption } from './present';
import { APPROVERS, EXEMPTIONS, RECORDS } from './tables';

const CHUNK = 100;

/** Which exemptions are listed. Filters are combined by "and". */
export interface ExemptionFilter {
  /** Only what waits for the asker. */
  approver?: 'me';
  /** Ref of an entity; those of its system and domain concern it too. */
  entity?: string;
  scorecard?: string;
  check?: string;
  state?: ExemptionState;
}

/** Exemptions as somebody may see them. */
export class ExemptionReads {
  readonly #options: Parameters<typeof ExemptionReads.create>[0];

  static create(options: {
    knex: Knex;
    clock: Clock;
    definitions: DefinitionStore;
    entities: EntityStore;
    readable: ReadableEntities;
    access: EntityAccess;
    delegates: DelegateDirectory;
  }): ExemptionReads {
    return new ExemptionReads(options);
  }

  private constructor(options: Parameters<typeof ExemptionReads.create>[0]) {
    this.#options = options;
  }

  /** Who somebody is to exemptions. */
  async asker(credentials: BackstageCredentials): Promise<Asker> {
    const { entities, access } = this.#options;
    const [memberships, requests, decides] = await Promise.all([
      membershipsOf(entities, credentials),
      access.decide(scorecardsExemptionRequestPermission, credentials),
      access.grants(scorecardsExemptionDecidePermission, credentials),
    ]);
    return { ...memberships, requests, decides };
  }

  /**
   * Newest first.
   *
   * @param page - `before`: only those with smaller numbers
   * @returns `next` is what to give as `before` for the following page, where there may be one
   */
  async list(
    filter: ExemptionFilter,
    page: { before?: number; limit: number },
    credentials: BackstageCredentials,
  ): Promise<{ items: ShownExemption[]; next?: number }> {
    const asker = await this.asker(credentials);
    if (filter.approver && asker.by === undefined) {
      throw new InputError('approver: only a user can ask what waits for them');
    }
    const { knex, readable } = this.#options;
    const reader = await readable.reader(credentials);
    const narrow = await this.#narrowing(filter, asker, credentials);
    const items: ShownExemption[] = [];
    let { before } = page;
    // A full page also for whoever may not read all of them.
    for (;;) {
      const some = narrow(knex(EXEMPTIONS))
        .orderBy('number', 'desc')
        .limit(CHUNK);
      if (before !== undefined) some.where('number', '<', before);
      const numbers: number[] = await some.pluck('number');
      const stored = await ExemptionStore.of(knex).byNumbers(numbers);
      const contexts = await this.contexts(
        stored.map(({ exemption }) => exemption),
        asker,
        reader,
      );
      for (const [index, { number, exemption }] of stored.entries()) {
        const context = contexts[index];
        if (
          context.readable.size === 0 ||
          !isWanted(exemption, filter, context)
        )
          continue;
        items.push(presentExemption(exemption, context));
        if (items.length === page.limit) return { items, next: number };
      }
      if (numbers.length < CHUNK) return { items };
      before = numbers.at(-1)!;
    }
  }

  /** @throws NotFoundError when there is none, and in the same words when nothing of it may be read */
  async one(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{ stored: StoredExemption; context: ExemptionContext }> {
    const { knex, readable } = this.#options;
    const stored = await ExemptionStore.of(knex).byId(id);
    const [context] = await this.contexts(
      [stored.exemption],
      await this.asker(credentials),
      await readable.reader(credentials),
    );
    if (context.readable.size === 0) {
      throw new NotFoundError(`There is no exemption ${id}`);
    }
    return { stored, context };
  }

  /** What exemptions are shown by, in their order. */
  async contexts(
    exemptions: readonly Exemption[],
    asker: Asker,
    reader: EntityReader,
  ): Promise<ExemptionContext[]> {
    const { entities, definitions, clock, delegates } = this.#options;
    const ids = exemptions.flatMap(({ subjects }) =>
      subjects.map(({ entityId }) => entityId),
    );
    const tracked = await entities.byIds([...new Set(ids)]);
    const open = new Map(
      (await reader.only(tracked, entity => entity)).map(entity => [
        entity.id,
        entity,
      ]),
    );
    const { scorecards } = await definitions.inForce();
    const groups = exemptions.flatMap(groupsOf);
    const known: Delegates = await delegates.of(groups);
    return exemptions.map(exemption => ({
      now: clock.now().getTime(),
      asker,
      approver: approverFor(asker, groupsOf(exemption), known),
      readable: new Map(
        exemption.subjects.flatMap(({ entityId }) => {
          const entity = open.get(entityId);
          return entity ? [[entityId, entity] as const] : [];
        }),
      ),
      scorecard: scorecards.find(({ name }) => name === exemption.scorecard),
    }));
  }

  /** How a query is narrowed to what a filter lets through, as far as the database can tell. */
  async #narrowing(
    filter: ExemptionFilter,
    asker: Asker,
    credentials: BackstageCredentials,
  ): Promise<(query: Knex.QueryBuilder) => Knex.QueryBuilder> {
    const { knex, readable, clock, delegates } = this.#options;
    const { scorecard, check, state, entity, approver } = filter;
    const now = clock.now().getTime();
    const about =
      entity === undefined
        ? undefined
        : await readable.one(entity, credentials);
    const ids = about && [about.id, ...(await this.#parentsOf(about))];
    let groups: string[] = [];
    if (approver) {
      const needed: string[] = await knex(APPROVERS)
        .distinct()
        .pluck('group_ref');
      const known = await delegates.of(needed);
      groups = [...approverFor(asker, needed, known).groups.keys()];
    }
    return query => {
      if (scorecard !== undefined) query.where({ scorecard });
      if (check !== undefined) query.where({ check_id: check });
      if (state === 'expired') {
        // What nobody has written down yet included.
        query.where(some =>
          some.where({ state }).orWhere('next_at', '<=', now),
        );
      } else if (state !== undefined) {
        query.where({ state });
      }
      if (ids) {
        query.whereIn(
          'number',
          knex(RECORDS).whereIn('entity_id', ids).select('exemption'),
        );
      }
      if (approver) {
        query.whereIn(
          'number',
          knex(APPROVERS).whereIn('group_ref', groups).select('exemption'),
        );
      }
      return query;
    };
  }

  async #parentsOf({ system, domain }: TrackedEntity): Promise<number[]> {
    const refs = [system, domain].flatMap(ref => ref ?? []);
    const found = await this.#options.entities.byRefs(refs);
    return found.map(({ id }) => id);
  }
}

/** Everybody who approves it, or has. */
function groupsOf({ approvals, renewal }: Exemption): string[] {
  return [...approvals, ...(renewal?.approvals ?? [])].map(
    ({ group }) => group,
  );
}

function isWanted(
  exemption: Exemption,
  { approver, state }: ExemptionFilter,
  context: ExemptionContext,
): boolean {
  const { approver: approving, now } = context;
  return (
    (state === undefined || stateAt(exemption, now) === state) &&
    (!approver || canDecide(exemption, approving, now).approve)
  );
}
