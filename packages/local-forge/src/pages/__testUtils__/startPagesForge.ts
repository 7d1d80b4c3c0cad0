import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { TestRepository } from '../../git/read/__testUtils__/TestRepository';
import { SeedOrganization } from '../../seed';
import { RunningForge, startForge } from '../../startForge';

const organization: SeedOrganization = {
  org: { login: 'acme', name: 'Acme Payments', description: 'Payments' },
  users: [
    {
      login: 'dev-checkout',
      name: 'Mina Okafor',
      email: 'dev-checkout@acme.example',
      bio: 'Writes <b>checkout</b>',
    },
    {
      login: 'dev-ledger',
      name: 'Priya Raman',
      email: 'dev-ledger@acme.example',
    },
    {
      login: 'lead-payments',
      name: 'Tom Weber',
      email: 'lead-payments@acme.example',
    },
  ],
  teams: [
    {
      slug: 'payments',
      name: 'Payments',
      description: 'All payments',
      members: [{ login: 'lead-payments', role: 'maintainer' }],
    },
    {
      slug: 'checkout',
      name: 'Checkout',
      description: 'The checkout',
      parent: 'payments',
      members: [{ login: 'dev-checkout', role: 'member' }],
    },
  ],
  repositories: [
    {
      name: 'shop',
      description: 'Sells <script>alert(1)</script> things',
      topics: ['typescript'],
      defaultBranch: 'main',
      teams: [{ slug: 'payments', permission: 'push' }],
      protection: { branch: 'main', requiredApprovals: 1 },
      pullRequests: [
        {
          title: 'Add <i>retry</i>',
          body: 'Because it **fails**. <script>alert(1)</script>',
          head: 'feature/retry',
          base: 'main',
          author: 'dev-checkout',
          openedDaysAgo: 2,
        },
      ],
      issues: [
        {
          title: 'Slow <at> night',
          body: 'See `logs`',
          author: 'dev-ledger',
          labels: ['bug'],
          openedDaysAgo: 3,
        },
      ],
    },
    {
      name: 'empty',
      description: 'Nothing yet',
      topics: [],
      defaultBranch: 'main',
      teams: [],
    },
  ],
};

/** A file whose name is markup, and what stands in for every kind of page. */
export const SCRIPT_NAME = '<script>alert(1)<\u2215script>.txt';

function fillShop(repository: TestRepository) {
  repository.commit(
    'Add <script>alert("m")</script>\n\nA body with <b>markup</b>.',
    {
      'README.md':
        '# Shop\n\nSee [guide](docs/a%20guide.md). <script>alert(1)</script>\n',
      'docs/a guide.md': '# Guide\n\n| a | b |\n|---|---|\n| 1 | 2 |\n',
      'catalog-info.yaml': 'kind: Component\nmetadata:\n  name: shop\n',
      'src/index.ts': 'export const x = 1; // <b>\n',
      [SCRIPT_NAME]: 'harmless\n',
      'logo.svg':
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>\n',
      'data.bin': Buffer.from([0, 1, 2, 3]),
      'big.txt': 'x'.repeat(1_200_000),
      '.github/workflows/ci.yaml': 'on: push\n',
      windows: 'one\r\ntwo\r\n',
      link: { symlink: 'README.md' },
    },
  );
  repository.git('tag', 'v1.0');
  repository.git('checkout', '-q', '-b', 'feature/retry');
  repository.commit('Retry', {
    'src/retry.ts': 'export const retry = true;\n',
  });
  repository.git('checkout', '-q', 'main');
  repository.git('checkout', '-q', '-b', 'feature/open');
  repository.commit('Open <b>up</b>', { 'src/open.ts': 'export {};\n' });
  repository.git('checkout', '-q', 'main');
}

/** A running forge with two small repositories of every oddity. */
export async function startPagesForge(): Promise<{
  forge: RunningForge;
  close(): Promise<void>;
}> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'waymark-forge-'));
  const forge = await startForge({
    port: 0,
    dataDirectory,
    seed: {
      organization,
      writeRepositories: async ({ reposDir }) => {
        const shop = TestRepository.create();
        const empty = TestRepository.create();
        try {
          fillShop(shop);
          for (const [name, source] of [
            ['shop', shop],
            ['empty', empty],
          ] as const) {
            const target = join(reposDir, 'acme', `${name}.git`);
            mkdirSync(dirname(target), { recursive: true });
            execFileSync(
              'git',
              ['clone', '-q', '--bare', source.bare, target],
              {
                stdio: 'ignore',
              },
            );
          }
        } finally {
          shop.remove();
          empty.remove();
        }
      },
    },
  });
  return {
    forge,
    close: async () => {
      await forge.close();
      rmSync(dataDirectory, { recursive: true, force: true });
    },
  };
}
