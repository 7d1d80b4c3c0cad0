import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBackend } from '@backstage/backend-defaults';
import { WinstonLogger } from '@backstage/backend-defaults/rootLogger';
import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import scaffolderPlugin from '@backstage/plugin-scaffolder-backend';
import gitHubModule from '@backstage/plugin-scaffolder-backend-module-github';
import { JsonObject } from '@backstage/types';
import { ForgeSeed, startForge } from '@waymark/local-forge';
import goldenPathsModule from '@waymark/scaffolder-backend-module-golden-paths';
import { clockServiceRef } from '@waymark/waymark-node';
import { z } from 'zod';
import { filesBelow } from './filesBelow';
import { Generated } from './Generated';
import { AUTHORS_FOLDERS, TemplateSource } from './TemplateSource';

/** An action as the scaffolder describes it. */
export interface ActionDescription {
  id: string;
  schema?: { input?: JsonObject; output?: JsonObject };
}

/** A template that could not be run, with the reasons. */
export class DryRunError extends Error {
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('; '));
    this.reasons = reasons;
  }
}

/** What generated files name: the same on every machine, and nothing that exists. */
const FORGE_HOST = 'github.acme.example';
const PORTAL_URL = 'https://portal.acme.example';
const NOW = '2026-01-01T00:00:00Z';
const ORGANISATION = 'acme';

/** An organisation with the teams that answers name, and nothing else. */
const seedWith = (teams: readonly string[]): ForgeSeed => ({
  organization: {
    org: { login: ORGANISATION, name: 'Acme', description: 'Payments' },
    users: [],
    teams: teams.map(slug => ({
      slug,
      name: slug,
      description: slug,
      members: [],
    })),
    repositories: [],
  },
  writeRepositories: async () => {},
});

const ranSchema = z.object({
  directoryContents: z.array(
    z.object({
      path: z.string(),
      executable: z.boolean().optional(),
      base64Content: z.string(),
    }),
  ),
});
const refusedSchema = z.union([
  z.object({ error: z.object({ message: z.string() }) }),
  z.object({
    errors: z.array(z.object({ property: z.string(), message: z.string() })),
  }),
]);

/**
 * The portal's own scaffolder with the actions that it has, an empty catalog and an empty forge, on loopback and in a folder that
 * goes with `stop`. It answers nobody without its token.
 */
export class Scaffolder {
  readonly #url: string;
  readonly #token: string;
  readonly #end: () => Promise<void>;

  /** @param options - `teams` that own what is tried */
  static async start(options: {
    teams: readonly string[];
  }): Promise<Scaffolder> {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-templates-'));
    const forge = await startForge({
      port: 0,
      dataDirectory: join(folder, 'forge'),
      seed: seedWith(options.teams),
    });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const token = randomBytes(32).toString('base64url');
    const backend = createBackend();
    const features = [
      ...fixtures({ folder, forge, port, url, token }),
      catalogPlugin,
      // Whatever brings the portal's backend an action is added here too.
      scaffolderPlugin,
      gitHubModule,
      goldenPathsModule,
    ];
    for (const feature of features) backend.add(feature);
    const end = async () => {
      await backend.stop();
      await forge.close();
      await rm(folder, { recursive: true, force: true });
    };
    try {
      await backend.start();
    } catch (error) {
      await end();
      throw error;
    }
    return new Scaffolder(`${url}/api/scaffolder/v2`, token, end);
  }

  private constructor(url: string, token: string, end: () => Promise<void>) {
    this.#url = url;
    this.#token = token;
    this.#end = end;
  }

  /** The actions that templates can call, by id. */
  async actions(): Promise<ReadonlyMap<string, ActionDescription>> {
    const answer = await this.#request('GET', '/actions');
    const actions: ActionDescription[] = await answer.json();
    return new Map(actions.map(action => [action.id, action]));
  }

  /**
   * Runs a template without effect, as the portal's editor does.
   *
   * @throws DryRunError when answers, an input or a step are wrong
   */
  async dryRun(source: TemplateSource, values: JsonObject): Promise<Generated> {
    const answer = await this.#request('POST', '/dry-run', {
      template: source.entity,
      values,
      directoryContents: await contentsOf(source.folder),
    });
    const body = await answer.json();
    if (!answer.ok) {
      const refused = refusedSchema.parse(body);
      throw new DryRunError(
        'errors' in refused
          ? refused.errors.map(
              ({ property, message }) =>
                `${property.replace(/^instance\.?/, '')} ${message}`,
            )
          : [refused.error.message],
      );
    }
    return Generated.from(
      ranSchema
        .parse(body)
        .directoryContents.map(({ path, executable, base64Content }) => ({
          path,
          executable: executable ?? false,
          content: Buffer.from(base64Content, 'base64'),
        })),
    );
  }

  async stop(): Promise<void> {
    await this.#end();
  }

  #request(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.#url + path, {
      method,
      headers: {
        authorization: `Bearer ${this.#token}`,
        'content-type': 'application/json',
      },
      body: body ? JSON.stringify(body) : undefined,
    });
  }
}

/** Configuration, time and log of the scaffolder. */
function fixtures(options: {
  folder: string;
  forge: { url: string; token: string };
  port: number;
  url: string;
  token: string;
}) {
  const { folder, forge, port, url, token } = options;
  const config = new ConfigReader({
    app: { baseUrl: PORTAL_URL },
    backend: {
      baseUrl: url,
      listen: { host: '127.0.0.1', port },
      database: { client: 'better-sqlite3', connection: ':memory:' },
      workingDirectory: folder,
      auth: {
        externalAccess: [
          { type: 'static', options: { token, subject: 'waymark-cli' } },
        ],
      },
    },
    events: { modules: { github: { webhookSecret: token } } },
    integrations: {
      github: [
        {
          host: FORGE_HOST,
          apiBaseUrl: forge.url,
          rawBaseUrl: forge.url,
          token: forge.token,
        },
      ],
    },
    scaffolder: {
      defaultEnvironment: {
        parameters: {
          forgeHost: FORGE_HOST,
          forgeOrg: ORGANISATION,
          forgeUrl: `https://${FORGE_HOST}`,
          portalUrl: PORTAL_URL,
          goModulePrefix: `git.acme.example/${ORGANISATION}`,
          imageRegistry: `ghcr.io/${ORGANISATION}`,
        },
      },
    },
  });
  return [
    createServiceFactory({
      service: coreServices.rootConfig,
      deps: {},
      factory: () => config,
    }),
    createServiceFactory({
      service: coreServices.rootLogger,
      deps: {},
      factory: () => WinstonLogger.create({ level: 'error' }),
    }),
    createServiceFactory({
      service: clockServiceRef,
      deps: {},
      factory: () => ({ now: () => new Date(NOW) }),
    }),
  ];
}

async function contentsOf(folder: string) {
  const files = await filesBelow(folder);
  return Promise.all(
    files
      .filter(({ path }) => !AUTHORS_FOLDERS.includes(path.split('/')[0]))
      .map(async ({ path }) => ({
        path,
        base64Content: (await readFile(join(folder, path))).toString('base64'),
      })),
  );
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise(resolve => server.close(resolve));
  return port;
}
