import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { buildContext } from './buildContext';
import { ForgeContext } from './ForgeContext';
import { BareRepositories } from './git/BareRepositories';
import { writeHooks } from './git/http/hooks';
import { Journal, JournalEntry } from './journal/Journal';
import { SeedOrganization, seedOrganization, seedRepositories } from './seed';
import { syncPortalRepository } from './seeding/portalRepository';
import { seedForge, toEmulatorSeed } from './seeding/seedForge';
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
  /** Address by which others reach the forge, where a proxy stands in front; `http://localhost:<port>` unless told. */
  publicUrl?: string;
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

/** Opens what the data folder holds, or seeds an empty one, and joins the parts. */
export async function openState(
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
