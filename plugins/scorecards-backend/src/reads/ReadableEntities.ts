import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { EntityAccess, EntityDecision } from '../access/EntityAccess';
import { EntityStore } from '../entities/EntityStore';
import { TrackedEntity } from '../entities/tables';

/** What somebody may read of what is said of entities, now or at an instant. */
export interface EntityReader {
  /** True when there is no need to look at each entity. */
  all: boolean;
  /**
   * Leaves out what may not be read. The past of an entity is for those who may read the entity as it is today: what was
   * open then may be closed for a reason.
   *
   * @param entityOf - the entity that an item is about, as it was at the instant
   */
  only<T>(
    items: readonly T[],
    entityOf: (item: T) => { id: number; entity: object },
  ): Promise<T[]>;
}

/** The entities that somebody may read, now or at an instant. */
export class ReadableEntities {
  readonly #entities: EntityStore;
  readonly #access: EntityAccess;

  static create(options: {
    entities: EntityStore;
    access: EntityAccess;
  }): ReadableEntities {
    return new ReadableEntities(options.entities, options.access);
  }

  private constructor(entities: EntityStore, access: EntityAccess) {
    this.#entities = entities;
    this.#access = access;
  }

  /** @throws NotFoundError when there is none, and in the same words when it may not be read */
  async one(
    ref: string,
    credentials: BackstageCredentials,
    asOf?: Date,
  ): Promise<TrackedEntity> {
    const [entity] = await this.some([ref], credentials, asOf);
    if (!entity) {
      throw new NotFoundError(
        asOf
          ? `There was no entity ${ref} at ${asOf.toISOString()}`
          : `There is no entity ${ref}`,
      );
    }
    return entity;
  }

  /** Those of some refs that there are and that may be read, in the order of the refs. */
  async some(
    refs: readonly string[],
    credentials: BackstageCredentials,
    asOf?: Date,
  ): Promise<TrackedEntity[]> {
    const wanted = [...new Set(refs)];
    const found = await this.#entities.byRefs(wanted, asOf);
    const reader = await this.reader(credentials, asOf);
    const readable = await reader.only(found, entity => entity);
    const byRef = new Map(readable.map(entity => [entity.ref, entity]));
    return wanted.flatMap(ref => byRef.get(ref) ?? []);
  }

  /** @param asOf - the instant that is read; the present when absent */
  async reader(
    credentials: BackstageCredentials,
    asOf?: Date,
  ): Promise<EntityReader> {
    const decision = await this.#access.reader(credentials);
    return {
      all: decision.all,
      only: async (items, entityOf) => {
        if (decision.all) {
          return [...items];
        }
        const open = items
          .map(item => ({ item, about: entityOf(item) }))
          .filter(({ about }) => decision.allows(about.entity));
        const closed = asOf
          ? await this.#closedToday(
              open.map(({ about }) => about.id),
              decision,
            )
          : new Set<number>();
        return open
          .filter(({ about }) => !closed.has(about.id))
          .map(({ item }) => item);
      },
    };
  }

  async #closedToday(
    ids: number[],
    decision: EntityDecision,
  ): Promise<Set<number>> {
    const today = await this.#entities.byIds(ids);
    return new Set(
      today
        .filter(({ entity }) => !decision.allows(entity))
        .map(({ id }) => id),
    );
  }
}
