import { payloadProblems, TestClone } from '@waymark/scorecards-node/testUtils';
import { CollectorBench, ref } from '../__testUtils__/CollectorBench';

jest.setTimeout(60_000);

const SHA = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd';
const DIGEST = `sha256:${'0'.repeat(64)}`;
const WORKFLOW = `
on: push
jobs:
  test:
    steps:
      - uses: actions/checkout@${SHA}
      - uses: actions/setup-node@v4
`;

describe('GitCollector', () => {
  const problemOf = payloadProblems('git');
  let bench: CollectorBench;

  beforeAll(async () => {
    bench = await CollectorBench.start();
  });
  afterAll(() => bench.stop());
  beforeEach(() => bench.requests.take());

  it('says all that the source declares, as it declares it', async () => {
    const clone = await bench.forge.create('quotes');
    await clone.push(
      { 'catalog-info.yaml': 'kind: Component\n' },
      { at: '2026-01-05T09:00:00Z', author: 'leo' },
    );
    const head = await clone.push({
      'README.md': '# Quotes\n',
      LICENSE: 'MIT\n',
      '.github/CODEOWNERS': '/src/ @acme/quotes\n',
      '.github/SECURITY.md': 'Write to us.\n',
      '.github/dependabot.yml':
        'version: 2\nupdates:\n  - package-ecosystem: npm\n    directory: /\n',
      '.github/workflows/ci.yaml': WORKFLOW,
      '.github/workflows/broken.yaml': 'jobs: 1\n',
      'renovate.json': '{}\n',
      Dockerfile: `FROM node:24@${DIGEST} AS build\nFROM build\nFROM alpine:3\n`,
      'chart/Chart.yaml': 'name: quotes\n',
      'docs/runbook.md': '# Runbook\n',
      'slo.yaml': 'apiVersion: openslo/v1\n',
      'openapi.yaml': 'openapi: 3.1.0\n',
      'package-lock.json': JSON.stringify({
        packages: { a: { resolved: 'https://packages.example/a.tgz' } },
      }),
      'terraform/main.tf':
        'module "db" {\n  source = "terraform/db"\n  version = "1.2.3"\n}\n',
      'package.json':
        '{"engines":{"node":">=24"},"dependencies":{"express":"^5.1.0"}}\n',
      'src/main.ts': 'export {};\n',
      'src/main.test.ts': 'it("works", () => {});\n',
    });
    const fact = await bench.factOf('quotes');
    expect(problemOf(fact.payload)).toBeUndefined();
    expect(fact).toEqual({
      url: `${bench.forge.url}/acme/quotes/tree/${head}`,
      commit: head,
      payload: {
        defaultBranch: 'main',
        folder: '',
        files: {
          readme: 'README.md',
          license: 'LICENSE',
          securityPolicy: '.github/SECURITY.md',
          codeOwners: '.github/CODEOWNERS',
          dependabot: '.github/dependabot.yml',
          renovate: 'renovate.json',
          dockerfile: 'Dockerfile',
          chart: 'chart/Chart.yaml',
          runbook: 'docs/runbook.md',
          slo: 'slo.yaml',
          openApi: 'openapi.yaml',
        },
        codeOwners: {
          owners: ['@acme/quotes'],
          files: 19,
          ownedFiles: 2,
          unowned: expect.arrayContaining(['Dockerfile', 'LICENSE']),
        },
        dependencyUpdates: ['npm'],
        lockFiles: [
          { path: 'package-lock.json', registryHosts: ['packages.example'] },
        ],
        baseImages: [
          {
            dockerfile: 'Dockerfile',
            image: `node:24@${DIGEST}`,
            pinned: true,
          },
          { dockerfile: 'Dockerfile', image: 'alpine:3', pinned: false },
        ],
        containers: [{ dockerfile: 'Dockerfile', user: null, root: true }],
        runtimes: [
          {
            runtime: 'node',
            source: 'package.json',
            declared: '>=24',
            version: '24.0.0',
          },
          {
            runtime: 'node',
            source: 'Dockerfile',
            declared: `node:24@${DIGEST}`,
            version: '24.0.0',
          },
        ],
        dependencies: [
          {
            manifest: 'package.json',
            ecosystem: 'npm',
            name: 'express',
            declared: '^5.1.0',
            version: '5.1.0',
          },
        ],
        testFiles: 1,
        workflows: [
          {
            path: '.github/workflows/broken.yaml',
            problem: expect.stringMatching(/^jobs: /),
            restrictsToken: false,
          },
          {
            path: '.github/workflows/ci.yaml',
            problem: null,
            restrictsToken: false,
          },
        ],
        actions: [
          {
            workflow: '.github/workflows/ci.yaml',
            action: 'actions/checkout',
            ref: SHA,
            pinned: true,
          },
          {
            workflow: '.github/workflows/ci.yaml',
            action: 'actions/setup-node',
            ref: 'v4',
            pinned: false,
          },
        ],
        terraformModules: [
          {
            file: 'terraform/main.tf',
            name: 'db',
            source: 'terraform/db',
            version: '1.2.3',
            pinned: true,
          },
        ],
        unread: [
          {
            path: '.github/workflows/broken.yaml',
            kind: 'workflow',
            problem: expect.stringMatching(/^jobs: /),
          },
        ],
        commitsByDay: [
          { day: '2026-01-05', commits: 1, authors: 1 },
          { day: '2026-11-20', commits: 1, authors: 1 },
        ],
        authors: [
          { name: 'leo', login: 'leo', commits: 1, lastDay: '2026-01-05' },
          { name: 'mina', login: 'mina', commits: 1, lastDay: '2026-11-20' },
        ],
        lastCommit: {
          id: head,
          at: '2026-11-20T10:00:00.000Z',
          author: 'mina',
        },
      },
    });
  });

  it('shows where a deleted CODEOWNERS file is missing', async () => {
    const clone = await bench.forge.create('owned');
    const files = {
      'catalog-info.yaml': 'kind: Component\n',
      CODEOWNERS: '* @acme/checkout\n',
    };
    await clone.push(files);
    const runs = bench.runs();
    const before = await runs.run([bench.component('owned')]);
    expect(before.facts[ref('owned')].payload).toMatchObject({
      files: { codeOwners: 'CODEOWNERS' },
      codeOwners: { files: 2, ownedFiles: 2 },
    });
    const head = await clone.push({ CODEOWNERS: null });
    const after = await runs.run([bench.component('owned')]);
    expect(after.facts[ref('owned')]).toMatchObject({
      commit: head,
      url: `${bench.forge.url}/acme/owned/tree/${head}`,
      payload: {
        files: { codeOwners: null },
        codeOwners: { owners: [], files: 1, ownedFiles: 0 },
      },
    });
  });

  it('describes each component of a monorepo by its own folder', async () => {
    const clone = await bench.forge.create('mono');
    await clone.push(
      {
        LICENSE: 'MIT\n',
        CODEOWNERS: '/services/a/ @acme/a\n',
        'services/a/catalog-info.yaml': 'kind: Component\n',
        'services/a/README.md': '# A\n',
        'services/b/catalog-info.yaml': 'kind: Component\n',
      },
      { at: '2026-11-01T10:00:00Z' },
    );
    const entities = ['a', 'b'].map(name =>
      bench.component('mono', {
        name,
        path: `services/${name}/catalog-info.yaml`,
      }),
    );
    const runs = bench.runs();
    const first = await runs.run(entities);
    expect(first.facts[ref('a')].payload).toMatchObject({
      folder: 'services/a',
      files: { readme: 'services/a/README.md', license: 'LICENSE' },
      codeOwners: { owners: ['@acme/a'], files: 2, ownedFiles: 2 },
    });
    expect(first.facts[ref('b')].payload).toMatchObject({
      folder: 'services/b',
      files: { readme: null, license: 'LICENSE' },
      codeOwners: { owners: [], files: 1, ownedFiles: 0 },
    });

    const head = await clone.push(
      { 'services/b/README.md': '# B\n' },
      { author: 'leo' },
    );
    const second = await runs.run(entities);
    expect(second.facts[ref('a')].payload).toEqual(
      first.facts[ref('a')].payload,
    );
    expect(second.facts[ref('b')]).toMatchObject({
      commit: head,
      url: `${bench.forge.url}/acme/mono/tree/${head}/services/b`,
      payload: {
        files: { readme: 'services/b/README.md' },
        lastCommit: { id: head, author: 'leo' },
        commitsByDay: [{ day: '2026-11-01' }, { day: '2026-11-20' }],
      },
    });
  });

  it('reads no file twice of which two components need the text', async () => {
    const clone: TestClone = await bench.forge.create('shared');
    await clone.push({
      CODEOWNERS: '* @acme/a\n',
      'a/catalog-info.yaml': 'a',
      'b/catalog-info.yaml': 'b',
    });
    const outcome = await bench.runs().run(
      ['a', 'b'].map(name =>
        bench.component('shared', {
          name,
          path: `${name}/catalog-info.yaml`,
        }),
      ),
    );
    expect(Object.keys(outcome.facts)).toEqual([ref('a'), ref('b')]);
    const blobs = bench.requests
      .take()
      .filter(line => line.includes('/git/blobs/'));
    expect(blobs).toHaveLength(1);
  });
});
