import { createServer, RequestListener, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createApp } from './createApp';
import {
  refuseProduction,
  requireDataDirectory,
  requireGit,
  secretFile,
  StartError,
} from './environment';
import { ForgeContext } from './ForgeContext';
import { buildContext } from './buildContext';
import { BareRepositories } from './git/BareRepositories';
import { closeGitReaders } from './git/read';
import { writeHooks } from './git/http/hooks';
import { Journal, JournalEntry } from './journal/Journal';
import { seedOrganization, seedRepositories, SeedOrganization } from './seed';
import { seedForge, toEmulatorSeed } from './seeding/seedForge';
import { syncPortalRepository } from './seeding/portalRepository';
import { ForgeService } from './services/ForgeService';
import { ForgeState } from './state/ForgeState';

/** The user that the forge's token belongs to. */
export const BOT_LOGIN = 'waymark-portal';
const PORTAL_REPOSITORY = 'portal';

/** What fills an empty forge. */
export interface ForgeSeed {
  organization: SeedOrganization;
  /** Writes the bare repositories below `reposDir/<org>/`. */
  writeRepositories(options: {
    reposDir: string;
    now: Date;
    log(line: string): void;
  }): Promise<unknown>;
}

/** Options of {@link startForge}. */
export interface ForgeOptions {
  /** Port on 127.0.0.1; 0 takes a free one. */
  port: number;
  /** Folder for everything the forge keeps; made when missing. */
  dataDirectory: string;
  /** URL of the portal, without path: it gets every webhook. */
  portalUrl?: string;
  /** Checkout whose `catalog/` and `templates/` become the portal's repository. */
  root?: string;
  /** Only `127.0.0.1` is accepted. */
  host?: string;
  /** Content of an empty forge; the demo company when absent. */
  seed?: ForgeSeed;
  log?(line: string): void;
}

/** A forge that runs. */
export interface RunningForge {
  /** `http://localhost:<port>` */
  url: string;
  port: number;
  token: string;
  webhookSecret: string;
  service: ForgeService;
  /** For tests: the parts behind the service. */
  context: ForgeContext;
  close(): Promise<void>;
}

/**
 * Starts the forge: replays its journal, or seeds an empty data folder, and
 * listens.
 *
 * @throws StartError with one sentence on what to do.
 */
export async function startForge(options: ForgeOptions): Promise<RunningForge> {
  const { dataDirectory } = options;
  const log = options.log ?? (() => {});
  refuseProduction({
    nodeEnv: process.env.NODE_ENV,
    host: options.host ?? '127.0.0.1',
  });
  await requireGit();
  await requireDataDirectory(dataDirectory);
  const token = await secretFile(dataDirectory, 'token');
  const webhookSecret = await secretFile(dataDirectory, 'webhook-secret');

  let handler: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '1' }).end('Starting\n');
  };
  const server = createServer((request, response) =>
    handler(request, response),
  );
  const port = await listen(server, options.port);
  const url = `http://localhost:${port}`;
  let context: ForgeContext | undefined;
  try {
    context = await openState({ ...options, log, url, webhookSecret });
    handler = createApp(context, {
      token,
      log,
      personas: await personasOf(context),
    });
  } catch (error) {
    server.close();
    server.closeAllConnections();
    await context?.state.close();
    throw error;
  }
  const running = context;
  return {
    url,
    port,
    token,
    webhookSecret,
    service: running.service,
    context: running,
    close: async () => {
      const closed = new Promise<void>(resolve =>
        server.close(() => resolve()),
      );
      server.closeIdleConnections();
      // A client that keeps its connection must not keep the process.
      const patience = setTimeout(() => server.closeAllConnections(), 3_000);
      await closed;
      clearTimeout(patience);
      await running.webhooks.close();
      await running.state.close();
      closeGitReaders();
    },
  };
}

async function openState(
  options: ForgeOptions & {
    log(line: string): void;
    url: string;
    webhookSecret: string;
  },
): Promise<ForgeContext> {
  const { dataDirectory, log, url } = options;
  const bare = new BareRepositories(join(dataDirectory, 'repos'));
  const opened = await openJournal(dataDirectory, bare, log);
  const { journal, entries } = opened;
  const seed = options.seed ?? {
    organization: seedOrganization(),
    writeRepositories: seedRepositories,
  };
  const first = await seedEntry(journal, entries, seed.organization);
  let state: ForgeState;
  try {
    state = await ForgeState.create({
      journal,
      entries,
      seed: first.seed,
      seedAt: new Date(first.at),
      baseUrl: url,
      reader: BOT_LOGIN,
    });
  } catch (error) {
    await journal.close();
    throw error;
  }
  try {
    await writeHooks(dataDirectory);
    const context = await buildContext({
      state,
      bare,
      baseUrl: url,
      bot: BOT_LOGIN,
      log,
      logins: first.seed.users.map(user => user.login),
      builtInHook: options.portalUrl
        ? {
            url: `${options.portalUrl.replace(
              /\/$/,
              '',
            )}/api/events/http/github`,
            secret: options.webhookSecret,
          }
        : undefined,
    });
    await prepare(context, journal, seed, {
      ...options,
      seeded: entries.length > 0,
      org: first.seed.orgs[0].login,
    });
    return context;
  } catch (error) {
    await state.close();
    throw error;
  }
}

/** Seeds an empty forge, or brings a known one up to date. */
async function prepare(
  context: ForgeContext,
  journal: Journal,
  seed: ForgeSeed,
  options: ForgeOptions & {
    log(line: string): void;
    seeded: boolean;
    org: string;
  },
): Promise<void> {
  const { log, org, root } = options;
  if (!options.seeded) {
    await fill(context, journal, seed, options);
    log('The forge is seeded.');
    return;
  }
  await recover(context);
  if (root) {
    const outcome = await syncPortalRepository(context, {
      owner: org,
      name: PORTAL_REPOSITORY,
      root,
    });
    log(`${org}/${PORTAL_REPOSITORY}: ${outcome}.`);
  }
}

/** The journal; an empty one if the seeding never reached its end. */
async function openJournal(
  dataDirectory: string,
  bare: BareRepositories,
  log: (line: string) => void,
): Promise<{ journal: Journal; entries: JournalEntry[] }> {
  const file = join(dataDirectory, 'journal.ndjson');
  const opened = await Journal.open(file);
  if (opened.torn !== undefined) {
    log(
      `The last line of ${file} was torn by a crash and has been cut off; nobody was told that it succeeded.`,
    );
  }
  const { entries } = opened;
  if (entries.length === 0 || entries.some(entry => entry.op === 'seeded')) {
    return opened;
  }
  log('The seeding was interrupted: starting over.');
  await opened.journal.close();
  await rm(file);
  await rm(bare.root, { recursive: true, force: true });
  return await Journal.open(file);
}

async function seedEntry(
  journal: Journal,
  entries: readonly JournalEntry[],
  organization: SeedOrganization,
) {
  const present = entries.find(entry => entry.op === 'seed');
  if (present?.op === 'seed') {
    return present;
  }
  const entry = {
    at: new Date().toISOString(),
    actor: BOT_LOGIN,
    op: 'seed' as const,
    seed: toEmulatorSeed(organization, BOT_LOGIN),
  };
  await journal.append(entry);
  return entry;
}

async function fill(
  context: ForgeContext,
  journal: Journal,
  seed: ForgeSeed,
  options: ForgeOptions & { log(line: string): void },
): Promise<void> {
  const now = new Date();
  const org = seed.organization.org.login;
  await seed.writeRepositories({
    reposDir: context.bare.root,
    now,
    log: options.log,
  });
  await context.events.silently(async () => {
    await journal.withDeferredSync(async () => {
      if (options.root) {
        await syncPortalRepository(context, {
          owner: org,
          name: PORTAL_REPOSITORY,
          root: options.root,
        });
      }
      await seedForge(context, seed.organization, now);
      const portal = context.bare.exists(org, PORTAL_REPOSITORY);
      if (
        portal &&
        !(await context.repositories.find(org, PORTAL_REPOSITORY))
      ) {
        await context.repositories.create(
          {
            owner: org,
            ownerType: 'Organization',
            adopt: true,
            body: { name: PORTAL_REPOSITORY },
          },
          { actor: context.bot, at: now },
        );
      }
      await context.state.markSeeded({ actor: context.bot });
    });
  });
}

/** Finishes what a crash interrupted between Git and the journal. */
async function recover(context: ForgeContext): Promise<void> {
  const writer = { actor: context.bot };
  const rename = context.state.get<{ owner: string; from: string; to: string }>(
    'intents',
    'rename',
  );
  if (rename) {
    await context.repositories.finishRename(rename, writer);
  }
  await context.merges.recover(writer);
}

async function personasOf(context: ForgeContext) {
  const users = await context.service.listUsers();
  return users
    .filter(user => user.login !== context.bot)
    .map(({ login, name }) => ({ login, name: name ?? login }));
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'EADDRINUSE'
          ? new StartError(
              `Port ${port} is in use: stop the program that uses it, or choose another port in WAYMARK_FORGE_PORT.`,
            )
          : error,
      );
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
