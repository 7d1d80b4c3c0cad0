import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { DescribedEntity } from './describeEntity';
import { ownerPath } from './ownerPath';
import { parentsOf, SNAPSHOTS, SnapshotRow } from './tables';

const CHUNK = 500;

/**
 * The two things that snapshots take from other entities: the group tree, and the domain of each system. Read from the
 * living snapshots, with the entities that are about to be written laid over them.
 */
export class EntityGraph {
  readonly #parents: Map<string, string[]>;
  readonly #domains: Map<string, string | undefined>;
  readonly #removed: ReadonlySet<string>;

  /** Refs of groups and systems whose place in the graph the overlay changes. */
  readonly changedGroups: string[];
  readonly changedSystems: string[];

  static async load(
    tx: Knex,
    overlay: { upserts: DescribedEntity[]; removedRefs: string[] },
  ): Promise<EntityGraph> {
    const groups: Pick<SnapshotRow, 'ref' | 'parents'>[] = await tx(SNAPSHOTS)
      .where({ kind: 'group', valid_to: null })
      .select('ref', 'parents');
    const parents = new Map(groups.map(row => [row.ref, parentsOf(row)]));

    const systems = overlay.upserts.flatMap(({ kind, ref, system }) =>
      kind === 'system' ? [ref] : system ?? [],
    );
    systems.push(
      ...overlay.removedRefs.filter(ref => ref.startsWith('system:')),
    );
    const domains = await loadDomains(tx, systems);
    return new EntityGraph(parents, domains, overlay);
  }

  private constructor(
    parents: Map<string, string[]>,
    domains: Map<string, string | undefined>,
    overlay: { upserts: DescribedEntity[]; removedRefs: string[] },
  ) {
    const groupsBefore = new Map(parents);
    const systemsBefore = new Map(domains);
    overlay.removedRefs.forEach(ref => {
      parents.delete(ref);
      domains.delete(ref);
    });
    for (const described of overlay.upserts) {
      if (described.kind === 'group') {
        parents.set(described.ref, described.parents);
      } else if (described.kind === 'system') {
        domains.set(described.ref, described.ownDomain);
      }
    }
    const touched = [
      ...overlay.removedRefs,
      ...overlay.upserts.map(({ ref }) => ref),
    ];
    this.#removed = new Set(overlay.removedRefs);
    this.#parents = parents;
    this.#domains = domains;
    this.changedGroups = touched.filter(
      ref =>
        JSON.stringify(groupsBefore.get(ref) ?? []) !==
        JSON.stringify(parents.get(ref) ?? []),
    );
    this.changedSystems = touched.filter(
      ref => systemsBefore.get(ref) !== domains.get(ref),
    );
  }

  /** Reads the domains of more systems, for entities that were not part of the overlay. */
  async extend(tx: Knex, systems: string[]): Promise<void> {
    const unknown = systems.filter(
      ref => !this.#domains.has(ref) && !this.#removed.has(ref),
    );
    for (const [ref, domain] of await loadDomains(tx, unknown)) {
      this.#domains.set(ref, domain);
    }
  }

  ownerPath(owner: string | undefined): string[] {
    return ownerPath(owner, group => this.#parents.get(group) ?? []);
  }

  domainOf(entity: {
    kind: string;
    ref: string;
    system?: string;
  }): string | undefined {
    return this.#domains.get(
      entity.kind === 'system' ? entity.ref : entity.system ?? '',
    );
  }
}

async function loadDomains(
  tx: Knex,
  systems: string[],
): Promise<Map<string, string | undefined>> {
  const domains = new Map<string, string | undefined>();
  for (const refs of chunks([...new Set(systems)], CHUNK)) {
    const rows: Pick<SnapshotRow, 'ref' | 'domain_ref'>[] = await tx(SNAPSHOTS)
      .where({ kind: 'system', valid_to: null })
      .whereIn('ref', refs)
      .select('ref', 'domain_ref');
    rows.forEach(row => domains.set(row.ref, row.domain_ref ?? undefined));
  }
  return domains;
}
