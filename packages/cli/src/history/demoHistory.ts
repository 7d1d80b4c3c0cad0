import { createBackend } from '@backstage/backend-defaults';
import { InputError } from '@backstage/errors';
import {
  collectOnce,
  FactsByRef,
  HistoryReplay,
} from '@waymark/scorecards-backend/engine';
import { EntitySnapshot } from '@waymark/waymark-common';
import { guardedRootConfigServiceFactory } from '@waymark/waymark-node';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BareRepository, LoginOf } from './BareRepository';
import { CatalogServices, servicesOfScorecards } from './catalogPlugin';
import { HistoryFile } from './HistoryFile';
import { pastDefinitions } from './pastDefinitions';
import { Surroundings } from './pastEntity';
import { Present, readPresent } from './readPresent';
import { YearReplay } from './YearReplay';
import { PastPush, RepositoryPast } from './RepositoryPast';

const DAY_MILLIS = 24 * 60 * 60_000;
const DAYS = 365;
const DESCRIPTION = 'catalog-info.yaml';

/** @see demoHistory */
export interface DemoHistoryRequest {
  /** Folder of the bare repositories of the local forge, by owner. */
  repositories: string;
  /** Whether to take the place of a history that is there. */
  force: boolean;
  print: (line: string) => void;
}

/** A repository of the local forge. */
interface LocalRepository {
  owner: string;
  name: string;
  folder: string;
}

/**
 * Has the engine of scorecards live through the year that lies behind the repositories of the local forge. The portal must not
 * run, and the forge must.
 *
 * @throws InputError when the portal has a history of its own, or a database that is not a file on this machine
 */
export async function demoHistory(request: DemoHistoryRequest): Promise<void> {
  const { force, print } = request;
  if (process.env.NODE_ENV === 'production') {
    throw new InputError('A demonstration history is not for production');
  }
  const { services, stop } = await startCatalog();
  try {
    const file = HistoryFile.fromConfig(services.config);
    if (!force && (await file.hasHistory())) {
      throw new InputError(
        'The scorecards of this portal have a history of their own. Give --force to replace it.',
      );
    }
    const began = performance.now();
    const repositories = await repositoriesIn(request.repositories);
    print('Waiting for the catalog to take in every repository');
    const present = await readPresent(
      services,
      await describingOnes(repositories),
    );
    const to = new Date();
    const from = new Date(to.getTime() - DAYS * DAY_MILLIS);
    print('Reading the commits of the year');
    const { base, pushes } = await readPast(services, {
      ...{ present, repositories, from, to },
    });
    print(`Replaying ${pushes.length} pushes`);
    const knex = await file.begin();
    try {
      const replay = await HistoryReplay.begin({
        ...services,
        database: { getClient: async () => knex },
        from,
      });
      const definitions = pastDefinitions(present.definitions, { from, to });
      await YearReplay.run(replay, {
        ...{ from, to, base, pushes, definitions },
        constant: await readConstant(services, present),
      });
      await replay.end();
      await file.complete();
    } catch (error) {
      await file.abandon();
      throw error;
    }
    const seconds = Math.round((performance.now() - began) / 1000);
    print(
      `The scorecards have a history since ${from
        .toISOString()
        .slice(0, 10)}, marked as a demonstration (${seconds} s)`,
    );
  } finally {
    await stop();
  }
}

async function startCatalog() {
  let services: CatalogServices | undefined;
  const backend = createBackend();
  backend.add(guardedRootConfigServiceFactory);
  backend.add(import('@backstage/plugin-catalog-backend'));
  backend.add(import('@backstage/plugin-catalog-backend-module-github'));
  backend.add(import('@backstage/plugin-catalog-backend-module-github-org'));
  backend.add(
    import('@backstage/plugin-catalog-backend-module-scaffolder-entity-model'),
  );
  backend.add(import('@waymark/catalog-backend-module-waymark'));
  backend.add(import('@waymark/scorecards-backend-module-github'));
  backend.add(
    servicesOfScorecards(given => {
      services = given;
    }),
  );
  await backend.start();
  return { services: services!, stop: () => backend.stop() };
}

async function repositoriesIn(folder: string): Promise<LocalRepository[]> {
  const found: LocalRepository[] = [];
  for (const owner of await readdir(folder)) {
    for (const entry of await readdir(join(folder, owner))) {
      if (entry.endsWith('.git')) {
        const name = entry.slice(0, -'.git'.length);
        found.push({ owner, name, folder: join(folder, owner, entry) });
      }
    }
  }
  return found;
}

/** The repositories that describe something on their default branch. */
async function describingOnes(
  repositories: readonly LocalRepository[],
): Promise<string[]> {
  const names: string[] = [];
  for (const { name, folder } of repositories) {
    const git = await BareRepository.open(folder);
    const last = git.branch.at(-1);
    const files = last ? git.files(last.id) : [];
    if (files.some(({ path }) => path === DESCRIPTION)) names.push(name);
  }
  return names;
}

/** What repositories have told of their entities, and what has no history of its own and is taken as it is. */
async function readPast(
  { config }: CatalogServices,
  options: {
    present: Present;
    repositories: readonly LocalRepository[];
    from: Date;
    to: Date;
  },
): Promise<{ base: EntitySnapshot[]; pushes: PastPush[] }> {
  const { present, repositories, from, to } = options;
  const { snapshots } = present;
  const surroundings = Surroundings.of(snapshots);
  const loginOf = loginsOf(snapshots);
  // The local forge keeps the portal's own repository in step with this checkout: it begins with the forge.
  const trusted = new Set(
    config.getOptionalStringArray('waymark.catalog.trustedSources'),
  );
  const rest = new Set(snapshots);
  const pushes: PastPush[] = [];
  for (const { owner, name, folder } of repositories) {
    const own = snapshots.filter(
      ({ source }) => source?.owner === owner && source.repository === name,
    );
    const [first] = own;
    if (!first) continue;
    const isTrusted =
      trusted.has(`${owner}/${name}`) ||
      trusted.has(`${first.source!.host}/${owner}/${name}`);
    // Teams and systems that the portal itself tells of were there before it; what is built from it was not.
    own
      .filter(({ kind }) => !isTrusted || kind === 'component')
      .forEach(snapshot => rest.delete(snapshot));
    if (isTrusted) continue;
    pushes.push(
      ...(await RepositoryPast.read({
        ...{ folder, surroundings, loginOf, from, to },
        webUrl: `http://${first.source!.host}/${owner}/${name}`,
        snapshots: own,
      })),
    );
  }
  return { base: [...rest], pushes };
}

/** What a forge keeps no history of, such as settings, is taken as it is now. */
async function readConstant(
  { collectors }: CatalogServices,
  { snapshots }: Present,
): Promise<Map<string, FactsByRef>> {
  const components = snapshots.filter(({ kind }) => kind === 'component');
  const facts = new Map<string, FactsByRef>();
  for (const collector of collectors) {
    facts.set(
      collector.id,
      await collectOnce(collector, components, new Date()),
    );
  }
  return facts;
}

function loginsOf(snapshots: readonly EntitySnapshot[]): LoginOf {
  const logins = new Map(
    snapshots
      .filter(({ kind }) => kind === 'user')
      .map(({ entity }) => {
        const { profile } = (entity.spec ?? {}) as {
          profile?: { email?: string };
        };
        return [profile?.email?.toLowerCase(), entity.metadata.name];
      }),
  );
  return address => logins.get(address.toLowerCase());
}
