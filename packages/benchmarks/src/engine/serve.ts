import { createBackend } from '@backstage/backend-defaults';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import {
  catalogProblemsServiceRef,
  chunks,
  entitySnapshotsServiceRef,
} from '@waymark/waymark-node';
import scorecardsPlugin from '@waymark/scorecards-backend';
import { randomBytes } from 'node:crypto';
import { NeutralWorkload, populationOf } from './neutral';
import { databaseConfig, openEngine, Place } from './openEngine';
import { populate } from './populate';
import { Populated, PORTION } from './population';
import { mark } from './runEngine';

const HOST = '127.0.0.1';
const POLL_MS = 20;

/** A server that answers, and what a caller needs. */
export interface Serving {
  readonly url: string;
  /** Of a service, as bearer token. */
  readonly token: string;
  stop(): Promise<void>;
}

/** What the plugin sees of the catalog. */
export interface Content {
  readonly populated: readonly Populated[];
  readonly definitions: readonly object[];
}

/** The catalog as the plugin sees it: it has these entities and definitions, and they do not change. */
function catalogOf({ populated, definitions }: Content) {
  const snapshots = populated.map(({ snapshot }) => snapshot);
  const byRef = new Map(snapshots.map(one => [one.ref, one]));
  const catalog = {
    async *streamEntities() {
      yield definitions as unknown as Entity[];
    },
  };
  const reader = {
    changes: async ({ after, limit }: { after: number; limit: number }) => {
      const items = snapshots.slice(after, after + limit).map(each => ({
        sequence: each.sequence,
        ref: each.ref,
      }));
      return { items, next: items.at(-1)?.sequence ?? after };
    },
    query: async ({ entityRefs }: { entityRefs: string[] }) =>
      entityRefs.flatMap(ref => byRef.get(ref) ?? []),
  };
  const inPlaceOf = <T>(
    service: Parameters<typeof createServiceFactory>[0]['service'],
    implementation: T,
  ) =>
    createServiceFactory({
      service: service as never,
      deps: {},
      factory: () => implementation as never,
    });
  return [
    inPlaceOf(catalogServiceRef, catalog),
    inPlaceOf(entitySnapshotsServiceRef, reader),
    inPlaceOf(catalogProblemsServiceRef, { list: async () => [] }),
  ];
}

async function fill(place: Place, { populated, definitions }: Content) {
  const open = await openEngine(place);
  await populate(open, {
    portions: () => chunks(populated, PORTION),
    definitions,
  });
  await mark(open, 'all');
  await open.close();
}

/**
 * Fills an empty database with a workload, and answers over HTTP as the plugin does in a portal.
 *
 * @returns `secondsToResults`: from the start of the plugin until everything was evaluated and could be read
 */
export async function serve(
  workload: NeutralWorkload,
  options: { place: Place; port: number },
): Promise<Serving & { secondsToResults: number }> {
  const content = populationOf(workload);
  await fill(options.place, content);
  const started = performance.now();
  const serving = await startPlugin(content, options);
  for (const { name } of workload.scorecards) {
    while ((await entitiesIn(serving, name)) < workload.entities.length) {
      await new Promise(resolve => setTimeout(resolve, POLL_MS));
    }
  }
  const secondsToResults = (performance.now() - started) / 1_000;
  return { ...serving, secondsToResults };
}

/** Starts the plugin over a database that has been filled with this content. */
export async function startPlugin(
  content: Content,
  { place, port }: { place: Place; port: number },
): Promise<Serving> {
  const baseUrl = `http://${HOST}:${port}`;
  const token = randomBytes(24).toString('base64url');
  const config = new ConfigReader({
    app: { baseUrl },
    backend: {
      baseUrl,
      listen: { host: HOST, port },
      logger: { level: 'warn' },
      database: databaseConfig(place),
      auth: {
        externalAccess: [
          { type: 'static', options: { token, subject: 'benchmark' } },
        ],
      },
    },
  });
  const backend = createBackend();
  backend.add(
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
  );
  for (const service of catalogOf(content)) backend.add(service);
  backend.add(scorecardsPlugin);
  await backend.start();
  return {
    url: `${baseUrl}/api/scorecards`,
    token,
    stop: () => backend.stop(),
  };
}

/** Reads over HTTP. @throws Error with what is answered otherwise */
export async function read(
  { url, token }: Serving,
  path: string,
): Promise<unknown> {
  const response = await fetch(`${url}${path}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  if (!response.ok) {
    throw new Error(`${path}: ${response.status} ${await response.text()}`);
  }
  return response.json();
}

/** How many entities a scorecard has results of. */
async function entitiesIn(
  serving: Serving,
  scorecard: string,
): Promise<number> {
  const { total } = (await read(
    serving,
    `/scorecards/${scorecard}/rollup?by=domain`,
  )) as { total: { entities: number } };
  return total.entities;
}
