import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import {
  EntitySnapshot,
  SnapshotChange,
  SnapshotChanges,
} from '@waymark/waymark-common';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { RepositoryName } from '../repositories/RepositoryName';
import { Observation, Recorded, recordEntities } from './recordEntities';
import {
  CHANGES,
  ChangeRow,
  OWNERS,
  SNAPSHOTS,
  SnapshotRow,
  sourceOf,
  toChange,
  toSnapshot,
} from './tables';

const CHUNK = 500;
const MIGRATIONS = {
  directory: resolvePackagePath(
    '@waymark/catalog-backend-module-waymark',
    'migrations',
  ),
  // The catalog's own migrations use the default table of the same database.
  tableName: 'waymark_knex_migrations',
};

/** Which snapshots to list. */
export interface SnapshotFilter {
  /** Instant to look at; the present when absent. */
  asOf?: Date;
  kind?: string;
  type?: string;
  system?: string;
  domain?: string;
  /** A group or user anywhere on the owner path. */
  owner?: string;
}

/** Keeps the intervals of all entities in the catalog's database. */
export class SnapshotStore {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<SnapshotStore> {
    const knex = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await knex.migrate.latest(MIGRATIONS);
    }
    return new SnapshotStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Writes what differs from the last observation of each entity. */
  async record(observation: Observation, now: Date): Promise<Recorded> {
    return recordEntities(this.#knex, observation, now);
  }

  /** The snapshots in force under the given refs; refs without one are left out. */
  async getByRefs(refs: string[], asOf?: Date): Promise<EntitySnapshot[]> {
    const snapshots: EntitySnapshot[] = [];
    for (const some of chunks([...new Set(refs)], CHUNK)) {
      const rows: SnapshotRow[] = await this.#inForce(asOf).whereIn(
        'ref',
        some,
      );
      snapshots.push(...rows.map(toSnapshot));
    }
    return snapshots;
  }

  /** Snapshots in force in the order of their refs, those after `after`. */
  async list(
    filter: SnapshotFilter,
    page: { after?: string; limit: number },
  ): Promise<EntitySnapshot[]> {
    const query = this.#inForce(filter.asOf).orderBy('ref').limit(page.limit);
    const columns = {
      kind: filter.kind,
      type: filter.type,
      system_ref: filter.system,
      domain_ref: filter.domain,
    };
    for (const [column, value] of Object.entries(columns)) {
      if (value !== undefined) {
        query.where(column, value);
      }
    }
    if (filter.owner !== undefined) {
      query.whereIn(
        'sequence',
        this.#knex(OWNERS).where('group_ref', filter.owner).select('sequence'),
      );
    }
    if (page.after !== undefined) {
      query.where('ref', '>', page.after);
    }
    const rows: SnapshotRow[] = await query;
    return rows.map(toSnapshot);
  }

  /** Changes after a sequence, oldest first. */
  async changes(after: number, limit: number): Promise<SnapshotChanges> {
    const rows: ChangeRow[] = await this.#knex(CHANGES)
      .where('sequence', '>', after)
      .orderBy('sequence')
      .limit(limit);
    const items: SnapshotChange[] = rows.map(toChange);
    return { items, next: items[items.length - 1]?.sequence ?? after };
  }

  /** The living entities that a repository describes, under the name it has now. */
  async livingFrom(
    repository: RepositoryName,
  ): Promise<{ uid: string; ref: string }[]> {
    return this.#inForce()
      .where({
        source_host: repository.host,
        source_owner: repository.owner,
        source_repository: repository.repository,
      })
      .orderBy('ref')
      .select('uid', 'ref');
  }

  /** Where living entities were seen to come from, by uid. */
  async repositoriesOf(uids: string[]): Promise<Map<string, RepositoryName>> {
    const repositories = new Map<string, RepositoryName>();
    for (const some of chunks(uids, CHUNK)) {
      const rows: SnapshotRow[] = await this.#inForce()
        .whereIn('uid', some)
        .select(
          'uid',
          'source_host',
          'source_owner',
          'source_repository',
          'source_path',
          'source_repository_id',
        );
      for (const row of rows) {
        const source = sourceOf(row);
        if (source) {
          repositories.set(row.uid, source);
        }
      }
    }
    return repositories;
  }

  /** Uid and ref of all living entities, in pages. */
  async *living(): AsyncGenerator<{ uid: string; ref: string }[]> {
    let after = '';
    for (;;) {
      const rows: { uid: string; ref: string }[] = await this.#inForce()
        .where('uid', '>', after)
        .orderBy('uid')
        .limit(CHUNK)
        .select('uid', 'ref');
      if (rows.length === 0) {
        return;
      }
      yield rows;
      after = rows[rows.length - 1].uid;
    }
  }

  #inForce(asOf?: Date): Knex.QueryBuilder {
    const query = this.#knex(SNAPSHOTS);
    if (!asOf) {
      return query.whereNull('valid_to');
    }
    const at = asOf.getTime();
    return query
      .where('valid_from', '<=', at)
      .where(inner => inner.whereNull('valid_to').orWhere('valid_to', '>', at));
  }
}
