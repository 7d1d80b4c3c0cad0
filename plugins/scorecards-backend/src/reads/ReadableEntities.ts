import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotFoundError } from '@backstage/errors';
import { EntityAccess } from '../access/EntityAccess';
import { EntityStore } from '../entities/EntityStore';
import { TrackedEntity } from '../entities/tables';

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
    const readable = await this.onlyReadable(found, credentials, asOf);
    const byRef = new Map(readable.map(entity => [entity.ref, entity]));
    return wanted.flatMap(ref => byRef.get(ref) ?? []);
  }

  /**
   * Leaves out what may not be read. The past of an entity is for those who may read the entity as it is today: what was
   * open then may be closed for a reason.
   */
  async onlyReadable(
    entities: TrackedEntity[],
    credentials: BackstageCredentials,
    asOf?: Date,
  ): Promise<TrackedEntity[]> {
    const decision = await this.#access.reader(credentials);
    if (decision.all) {
      return entities;
    }
    const then = entities.filter(({ entity }) => decision.allows(entity));
    if (!asOf) {
      return then;
    }
    const today = await this.#entities.byIds(then.map(({ id }) => id));
    const closed = new Set(
      today
        .filter(({ entity }) => !decision.allows(entity))
        .map(({ id }) => id),
    );
    return then.filter(({ id }) => !closed.has(id));
  }
}
