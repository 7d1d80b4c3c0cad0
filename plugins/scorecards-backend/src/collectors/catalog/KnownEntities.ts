import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { EntityStore } from '../../entities/EntityStore';
import { ENTITIES, INTERVALS, TrackedEntity } from '../../entities/tables';
import { OrgTree } from './OrgTree';

const KINDS = ['group', 'user'];
const CHUNK = 500;

/** Looks up the rest of the catalog for the facts of an entity. */
export class KnownEntities {
  readonly #knex: Knex;
  #org: { version: string; tree: OrgTree } | undefined;

  static of(knex: Knex): KnownEntities {
    return new KnownEntities(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The living ones of some refs. */
  async among(refs: string[]): Promise<Set<string>> {
    const found = new Set<string>();
    for (const some of chunks([...new Set(refs)], CHUNK)) {
      const living: string[] = await this.#knex(ENTITIES)
        .whereIn('ref', some)
        .whereNull('deleted_at')
        .pluck('ref');
      living.forEach(ref => found.add(ref));
    }
    return found;
  }

  /** The group tree as it is now; read only when it has changed. */
  async org(): Promise<OrgTree> {
    const row = await this.#knex(INTERVALS)
      .whereIn('kind', KINDS)
      .whereNull('valid_to')
      .max({ last: 'id' })
      .count({ count: '*' })
      .first();
    const version = `${row?.last}/${row?.count}`;
    if (this.#org?.version !== version) {
      this.#org = { version, tree: await this.#readOrg() };
    }
    return this.#org.tree;
  }

  async #readOrg(): Promise<OrgTree> {
    const members: TrackedEntity[] = [];
    for (const kind of KINDS) {
      for await (const page of EntityStore.of(this.#knex).living({ kind })) {
        members.push(...page);
      }
    }
    return OrgTree.of(members);
  }
}
