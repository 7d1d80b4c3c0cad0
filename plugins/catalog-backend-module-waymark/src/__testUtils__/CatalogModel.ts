import { Entity } from '@backstage/catalog-model';

type Change =
  | { op: 'group'; name: number; parent?: number }
  | { op: 'system'; name: number; domain?: number }
  | {
      op: 'component';
      name: number;
      owner: number;
      system?: number;
      repository: number;
      text: number;
    }
  | { op: 'delete'; kind: 'group' | 'system' | 'component'; name: number }
  | { op: 'rename'; from: number; to: number }
  | { op: 'replace'; name: number; repository: number };

export type CatalogChange = Change;

const ref = (kind: string, name: number) => `${kind}:default/x${name}`;

/** A catalog small enough to see through, with the answers that snapshots must give. */
export class CatalogModel {
  readonly #entities = new Map<string, Entity>();
  #uids = 0;

  /** Applies a change and tells what an observer of the catalog sees of it. */
  apply(change: Change): { upserts: Entity[]; removals: string[] } {
    switch (change.op) {
      case 'group':
        return this.#put('Group', change.name, {
          relations:
            change.parent === undefined
              ? []
              : [{ type: 'childOf', targetRef: ref('group', change.parent) }],
        });
      case 'system':
        return this.#put('System', change.name, {
          relations:
            change.domain === undefined
              ? []
              : [{ type: 'partOf', targetRef: ref('domain', change.domain) }],
        });
      case 'component':
        return this.#put('Component', change.name, {
          text: change.text,
          repository: change.repository,
          relations: [
            { type: 'ownedBy', targetRef: ref('group', change.owner) },
            ...(change.system === undefined
              ? []
              : [{ type: 'partOf', targetRef: ref('system', change.system) }]),
          ],
        });
      case 'delete':
        return this.#delete(ref(change.kind, change.name));
      case 'rename': {
        const from = this.#entities.get(ref('component', change.from));
        const taken = this.#entities.has(ref('component', change.to));
        if (!from || taken) {
          return { upserts: [], removals: [] };
        }
        const { removals } = this.#delete(ref('component', change.from));
        const renamed = this.#store(ref('component', change.to), {
          ...from,
          metadata: { ...from.metadata, name: `x${change.to}` },
        });
        return { upserts: [renamed], removals };
      }
      default: {
        const before = this.#entities.get(ref('component', change.name));
        if (!before) {
          return { upserts: [], removals: [] };
        }
        // The old uid is not reported gone: the observer sees another one under its ref.
        this.#delete(ref('component', change.name));
        const metadata = {
          ...before.metadata,
          annotations: location(change.repository),
        };
        return {
          upserts: [
            this.#store(ref('component', change.name), { ...before, metadata }),
          ],
          removals: [],
        };
      }
    }
  }

  all(): Entity[] {
    return [...this.#entities.values()];
  }

  /** What a reader must see, by ref. */
  expected(): Record<string, object> {
    return Object.fromEntries(
      [...this.#entities].map(([key, entity]) => {
        const owner = this.#target(entity, 'ownedBy');
        const system = this.#target(entity, 'partOf', 'system:');
        const home = entity.kind === 'System' ? key : system;
        const domain =
          home && this.#entities.has(home)
            ? this.#target(this.#entities.get(home)!, 'partOf', 'domain:')
            : undefined;
        return [
          key,
          {
            uid: entity.metadata.uid,
            text: entity.metadata.description,
            ownerPath: this.#path(owner),
            domain,
          },
        ];
      }),
    );
  }

  #path(owner: string | undefined): string[] {
    const path: string[] = [];
    let group = owner;
    while (group && !path.includes(group)) {
      path.push(group);
      const entity = this.#entities.get(group);
      group = entity && this.#target(entity, 'childOf');
    }
    return path;
  }

  #target(entity: Entity, type: string, prefix = ''): string | undefined {
    return entity.relations?.find(
      relation =>
        relation.type === type && relation.targetRef.startsWith(prefix),
    )?.targetRef;
  }

  #put(
    kind: string,
    name: number,
    content: {
      relations: Entity['relations'];
      text?: number;
      repository?: number;
    },
  ) {
    const key = ref(kind.toLowerCase(), name);
    const entity: Entity = {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: {
        name: `x${name}`,
        namespace: 'default',
        description: `text ${content.text}`,
        annotations: location(content.repository ?? 0),
      },
      relations: content.relations,
    };
    return {
      upserts: [
        this.#store(key, entity, this.#entities.get(key)?.metadata.uid),
      ],
      removals: [],
    };
  }

  #store(key: string, entity: Entity, uid = `uid-${++this.#uids}`): Entity {
    const stored = { ...entity, metadata: { ...entity.metadata, uid } };
    this.#entities.set(key, stored);
    return stored;
  }

  #delete(key: string): { upserts: Entity[]; removals: string[] } {
    const uid = this.#entities.get(key)?.metadata.uid;
    this.#entities.delete(key);
    return { upserts: [], removals: uid ? [uid] : [] };
  }
}

function location(repository: number): Record<string, string> {
  return {
    'backstage.io/managed-by-location': `url:https://forge.example/acme/r${repository}/blob/main/catalog-info.yaml`,
  };
}
