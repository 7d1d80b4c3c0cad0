import path from 'path';
import {
  Entity,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { parseAllDocuments } from 'yaml';
import { seedOrganization } from '../index';
import {
  finalTree,
  listSeedNames,
  readSeedSource,
  readTree,
  seedDirectory,
  SeedTree,
} from '../seedFolder';

/** An entity and where its description lies. */
export interface DescribedEntity {
  entity: Entity;
  ref: string;
  repository: string;
  /** Folder of its file inside the repository, `.` at the root. */
  folder: string;
  file: string;
}

const root = path.resolve(seedDirectory, '../../..');

/** The final trees of all repositories, `portal` included. */
export function readTrees(): Map<string, SeedTree> {
  const trees = new Map<string, SeedTree>(
    listSeedNames().map(name => [name, finalTree(readSeedSource(name))]),
  );
  const portal: SeedTree = new Map();
  for (const folder of ['catalog', 'templates']) {
    for (const [file, content] of readTree(path.join(root, folder))) {
      portal.set(`${folder}/${file}`, content);
    }
  }
  return trees.set('portal', portal);
}

function isDescription(repository: string, file: string): boolean {
  return repository === 'portal'
    ? /^catalog\/.*\.yaml$|^templates\/[^/]+\/template\.yaml$/.test(file)
    : /(^|\/)catalog-info\.yaml$/.test(file);
}

/** Every entity that the portal would read from the repositories. */
export function readEntities(trees: Map<string, SeedTree>): DescribedEntity[] {
  return [...trees].flatMap(([repository, tree]) =>
    [...tree]
      .filter(([file]) => isDescription(repository, file))
      .flatMap(([file, { content }]) =>
        parseAllDocuments(content.toString('utf8')).map(document => {
          if (document.errors.length) {
            throw new Error(
              `${repository}/${file}: ${document.errors[0].message}`,
            );
          }
          const entity = document.toJS() as Entity;
          const folder = path.posix.dirname(file);
          return {
            entity,
            ref: stringifyEntityRef(entity),
            repository,
            folder,
            file,
          };
        }),
      ),
  );
}

/** The references of everything that exists: described entities, and people and teams of the forge. */
export function knownRefs(entities: DescribedEntity[]): Set<string> {
  const { users, teams } = seedOrganization();
  return new Set([
    ...entities.map(({ ref }) => ref),
    ...users.map(({ login }) => `user:default/${login}`),
    ...teams.map(({ slug }) => `group:default/${slug}`),
  ]);
}

const defaultKinds: Record<string, string> = {
  owner: 'group',
  system: 'system',
  domain: 'domain',
  subcomponentOf: 'component',
  parent: 'group',
  children: 'group',
  providesApis: 'api',
  consumesApis: 'api',
  dependsOn: 'component',
  dependencyOf: 'component',
};

/** Every reference that an entity makes to another one. */
export function referencesOf(entity: Entity): string[] {
  return Object.entries(defaultKinds).flatMap(([field, defaultKind]) => {
    const value = entity.spec?.[field];
    if (value === undefined) return [];
    return [value]
      .flat()
      .map(ref =>
        stringifyEntityRef(parseEntityRef(String(ref), { defaultKind })),
      );
  });
}
