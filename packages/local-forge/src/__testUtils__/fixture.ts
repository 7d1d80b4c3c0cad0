import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BareRepositories } from '../git/BareRepositories';
import { gitText } from '../git/runGit';
import { writeBlob, writeCommit, writeTree } from '../git/write/objects';
import { moveRef, NO_OBJECT } from '../git/write/refs';
import { ForgeOptions, ForgeSeed } from '../openState';
import { RunningForge, startForge } from '../startForge';

const DAY_MS = 24 * 60 * 60_000;

export const CATALOG_INFO = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: payments-api
  description: Takes payments
spec:
  type: service
  lifecycle: production
  owner: group:default/checkout
`;

const WORKFLOW = `name: CI
on:
  push:
  workflow_dispatch:
jobs: {}
`;

/** Writes a commit with these files on a branch; returns its id. */
export async function commitFiles(
  gitDir: string,
  options: {
    branch: string;
    message: string;
    files: Record<string, string | null>;
    author?: { name: string; email: string };
    date?: Date;
    from?: string;
  },
): Promise<string> {
  const ref = `refs/heads/${options.branch}`;
  const before = await gitText(['rev-parse', '--verify', '--quiet', ref], {
    gitDir,
    acceptedCodes: [1],
  });
  const parent = options.from ?? (before || undefined);
  const changes = await Promise.all(
    Object.entries(options.files).map(async ([path, text]) => ({
      path,
      mode: '100644' as const,
      sha: text === null ? null : await writeBlob(gitDir, Buffer.from(text)),
    })),
  );
  const after = await writeCommit(gitDir, {
    tree: await writeTree(gitDir, { base: parent, changes }),
    parents: parent ? [parent] : [],
    message: options.message,
    author: {
      ...(options.author ?? { name: 'Mina', email: 'mina@acme.example' }),
      date: options.date ?? new Date(),
    },
  });
  await moveRef(gitDir, { ref, before: before || NO_OBJECT, after });
  return after;
}

/** A small organisation with one service, one pull request and one issue. */
export const fixtureSeed: ForgeSeed = {
  organization: {
    org: { login: 'acme', name: 'Acme', description: 'A payments company' },
    users: [
      {
        login: 'mina',
        name: 'Mina Okafor',
        email: 'mina@acme.example',
        bio: 'Checkout',
      },
      { login: 'leo', name: 'Leo Brandt', email: 'leo@acme.example' },
      { login: 'sofia', name: 'Sofia Marin', email: 'sofia@acme.example' },
    ],
    teams: [
      {
        slug: 'payments',
        name: 'Payments',
        description: 'All about payments',
        members: [{ login: 'leo', role: 'maintainer' }],
      },
      {
        slug: 'checkout',
        name: 'Checkout',
        description: 'The checkout',
        parent: 'payments',
        members: [{ login: 'mina', role: 'maintainer' }],
      },
      {
        slug: 'audit',
        name: 'Audit',
        description: 'Reads everything',
        members: [{ login: 'sofia', role: 'member' }],
      },
    ],
    repositories: [
      {
        name: 'payments-api',
        description: 'Takes payments',
        topics: ['service', 'payments'],
        defaultBranch: 'main',
        teams: [{ slug: 'payments', permission: 'push' }],
        protection: {
          branch: 'main',
          requiredApprovals: 1,
          requireCodeOwnerReviews: true,
        },
        environments: ['production'],
        pullRequests: [
          {
            title: 'Round half to even',
            body: 'As the accountants ask.',
            head: 'rounding',
            base: 'main',
            author: 'mina',
            openedDaysAgo: 3,
            reviews: [
              { login: 'leo', state: 'COMMENTED', body: 'Looking at it.' },
            ],
          },
        ],
        issues: [
          {
            title: 'Flaky test',
            body: 'It fails on Mondays.',
            author: 'sofia',
            labels: ['bug'],
            openedDaysAgo: 20,
            closedDaysAgo: 5,
          },
        ],
      },
      {
        name: 'legacy',
        description: 'Nobody touches it',
        topics: [],
        defaultBranch: 'main',
        archived: true,
        teams: [],
      },
    ],
  },
  writeRepositories: async ({ reposDir, now }) => {
    const bare = new BareRepositories(reposDir);
    const api = await bare.create('acme', 'payments-api', 'main');
    const at = (days: number) => new Date(now.getTime() - days * DAY_MS);
    await commitFiles(api, {
      branch: 'main',
      message: 'Start',
      date: at(100),
      files: {
        'README.md': '# Payments API\n',
        'catalog-info.yaml': CATALOG_INFO,
        'src/index.ts': 'export const rounding = "half-up";\n',
        '.github/workflows/ci.yaml': WORKFLOW,
        '.github/CODEOWNERS': '* @acme/payments\n',
      },
    });
    const main = await commitFiles(api, {
      branch: 'main',
      message: 'Add docs',
      date: at(50),
      author: { name: 'Leo Brandt', email: 'leo@acme.example' },
      files: { 'docs/index.md': '# Docs\n' },
    });
    await commitFiles(api, {
      branch: 'rounding',
      from: main,
      message: 'Round half to even',
      date: at(3),
      files: { 'src/index.ts': 'export const rounding = "half-even";\n' },
    });
    const legacy = await bare.create('acme', 'legacy', 'main');
    await commitFiles(legacy, {
      branch: 'main',
      message: 'Start',
      date: at(400),
      files: { 'README.md': '# Legacy\n' },
    });
  },
};

/** A forge for one test file, in a folder that goes with it. */
export async function startTestForge(
  options: Partial<ForgeOptions> = {},
): Promise<RunningForge & { dataDirectory: string }> {
  const dataDirectory =
    options.dataDirectory ?? (await temporaryDirectory('forge'));
  const forge = await startForge({
    port: 0,
    seed: fixtureSeed,
    ...options,
    dataDirectory,
  });
  return {
    ...forge,
    dataDirectory,
    close: async () => {
      await forge.close();
      if (!options.dataDirectory) {
        await rm(dataDirectory, { recursive: true, force: true });
      }
    },
  };
}

export async function temporaryDirectory(name: string): Promise<string> {
  return await mkdtemp(join(tmpdir(), `waymark-${name}-`));
}

/** Calls the forge's API as the portal; returns status, headers and JSON. */
export function apiOf(forge: { url: string; token: string }) {
  return async (
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; headers: Headers; body: any }> => {
    const response = await fetch(`${forge.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${forge.token}`, ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    let parsed: unknown = text;
    if (response.headers.get('content-type')?.includes('json')) {
      parsed = JSON.parse(text);
    }
    return { status: response.status, headers: response.headers, body: parsed };
  };
}
