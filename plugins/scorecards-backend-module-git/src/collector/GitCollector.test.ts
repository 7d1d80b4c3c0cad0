import { CollectedFact } from '@waymark/scorecards-node';
import {
  aComponent,
  CollectorRuns,
  payloadProblems,
  recordRequests,
  TestClone,
  TestForge,
} from '@waymark/scorecards-node/testUtils';
import { GitCollector } from './GitCollector';

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
  let forge: TestForge;
  let requests: ReturnType<typeof recordRequests>;

  beforeAll(async () => {
    forge = await TestForge.start();
    requests = recordRequests();
  });
  afterAll(async () => {
    requests.stop();
    await forge.stop();
  });
  beforeEach(() => requests.take());

  const collector = (token?: string) =>
    GitCollector.create({ clients: forge.clients(token) });
  const component = (
    repository: string,
    options: Partial<Parameters<typeof aComponent>[0]> = {},
  ) =>
    aComponent({
      name: repository,
      repository: forge.named(repository),
      ...options,
    });
  const ref = (name: string) => `component:default/${name}`;

  async function collectOnce(name: string): Promise<CollectedFact> {
    const outcome = await CollectorRuns.of(collector()).run([component(name)]);
    expect(outcome).toMatchObject({ failures: {}, error: undefined });
    return outcome.facts[ref(name)];
  }

  it('says all that the source declares, as it declares it', async () => {
    const clone = await forge.create('quotes');
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
      'src/main.ts': 'export {};\n',
      'src/main.test.ts': 'it("works", () => {});\n',
    });
    const fact = await collectOnce('quotes');
    expect(problemOf(fact.payload)).toBeUndefined();
    expect(fact).toEqual({
      url: `${forge.url}/acme/quotes/tree/${head}`,
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
          files: 18,
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
        testFiles: 1,
        workflows: [
          {
            path: '.github/workflows/broken.yaml',
            problem: expect.stringMatching(/^jobs: /),
          },
          { path: '.github/workflows/ci.yaml', problem: null },
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

  it('asks one cheap question when nothing has changed, and only for what a commit has touched when something has', async () => {
    const clone = await forge.create('steady');
    await clone.push({
      'catalog-info.yaml': 'kind: Component\n',
      '.github/CODEOWNERS': '* @acme/checkout\n',
      '.github/workflows/ci.yaml': WORKFLOW,
    });
    const entities = [component('steady')];
    const runs = CollectorRuns.of(collector());
    const first = await runs.run(entities);

    requests.take();
    expect(await runs.run(entities)).toEqual(first);
    expect(requests.take()).toEqual(['304 GET /repos/acme/steady/commits']);

    const head = await clone.push({
      '.github/workflows/ci.yaml': WORKFLOW.replace('v4', SHA),
    });
    const second = await runs.run(entities);
    expect(second.facts[ref('steady')]).toMatchObject({
      commit: head,
      payload: {
        actions: [{ pinned: true }, { pinned: true }],
        commitsByDay: [{ commits: 2 }],
      },
    });
    expect(
      requests.take().map(line => line.replace(/[0-9a-f]{40}/g, 'id')),
    ).toEqual([
      '200 GET /repos/acme/steady/commits',
      '200 GET /repos/acme/steady',
      '200 GET /repos/acme/steady/git/trees/id',
      '200 GET /repos/acme/steady/compare/id...id',
      '200 GET /repos/acme/steady/git/blobs/id',
    ]);
  });

  it('shows where a deleted CODEOWNERS file is missing', async () => {
    const clone = await forge.create('owned');
    const files = {
      'catalog-info.yaml': 'kind: Component\n',
      CODEOWNERS: '* @acme/checkout\n',
    };
    await clone.push(files);
    const runs = CollectorRuns.of(collector());
    const before = await runs.run([component('owned')]);
    expect(before.facts[ref('owned')].payload).toMatchObject({
      files: { codeOwners: 'CODEOWNERS' },
      codeOwners: { files: 2, ownedFiles: 2 },
    });
    const head = await clone.push({ CODEOWNERS: null });
    const after = await runs.run([component('owned')]);
    expect(after.facts[ref('owned')]).toMatchObject({
      commit: head,
      url: `${forge.url}/acme/owned/tree/${head}`,
      payload: {
        files: { codeOwners: null },
        codeOwners: { owners: [], files: 1, ownedFiles: 0 },
      },
    });
  });

  it('describes each component of a monorepo by its own folder', async () => {
    const clone = await forge.create('mono');
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
      component('mono', { name, path: `services/${name}/catalog-info.yaml` }),
    );
    const runs = CollectorRuns.of(collector());
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
      url: `${forge.url}/acme/mono/tree/${head}/services/b`,
      payload: {
        files: { readme: 'services/b/README.md' },
        lastCommit: { id: head, author: 'leo' },
        commitsByDay: [{ day: '2026-11-01' }, { day: '2026-11-20' }],
      },
    });
  });

  it('counts commits the same whether it has followed them or not', async () => {
    const clone = await forge.create('busy');
    const entities = ['', 'a/'].map(folder =>
      component('busy', {
        name: folder ? 'folder' : 'root',
        path: `${folder}catalog-info.yaml`,
      }),
    );
    const runs = CollectorRuns.of(collector());
    const compare = async () => {
      const followed = await runs.run(entities);
      const anew = await CollectorRuns.of(collector()).run(entities);
      expect(followed).toEqual(anew);
      expect(followed).toMatchObject({ failures: {}, error: undefined });
      return followed.facts[ref('folder')].payload;
    };
    await clone.push(
      { 'catalog-info.yaml': 'a', 'a/catalog-info.yaml': 'a' },
      // More than 400 days before the last commit.
      { at: '2025-01-01T10:00:00Z' },
    );
    await compare();
    await clone.git('checkout', '-q', '-b', 'topic');
    for (const day of ['03', '04', '05']) {
      await clone.commit(
        { 'a/topic.txt': day },
        { at: `2026-03-${day}T10:00:00Z`, author: 'leo' },
      );
    }
    await clone.git('checkout', '-q', 'main');
    await clone.push({ 'b.txt': '1' }, { at: '2026-06-01T10:00:00Z' });
    await clone.push({ 'a/main.txt': '1' }, { at: '2026-06-02T10:00:00Z' });
    await compare();
    await clone.git('merge', '-q', '--no-ff', '--no-commit', 'topic');
    await clone.commit({}, { at: '2026-06-03T10:00:00Z' });
    await clone.push({ 'b.txt': '2' }, { at: '2026-06-03T11:00:00Z' });
    expect(await compare()).toMatchObject({
      authors: [
        { login: 'leo', commits: 3, lastDay: '2026-03-05' },
        // With the merge, which is unlike both of its parents.
        { login: 'mina', commits: 2, lastDay: '2026-06-03' },
      ],
      commitsByDay: [
        { day: '2026-03-03', commits: 1 },
        { day: '2026-03-04', commits: 1 },
        { day: '2026-03-05', commits: 1 },
        { day: '2026-06-02', commits: 1 },
        { day: '2026-06-03', commits: 1 },
      ],
    });
    await clone.git('reset', '-q', '--hard', 'HEAD~2');
    const forced = await clone.push(
      { 'a/main.txt': '2' },
      { at: '2026-06-04T10:00:00Z', force: true },
    );
    expect(await compare()).toMatchObject({ lastCommit: { id: forced } });
  });

  it('counts all commits where a page or a comparison does not tell all of them', async () => {
    const clone = await forge.create('long');
    await clone.push(
      { 'a/catalog-info.yaml': 'a', 'catalog-info.yaml': 'a' },
      { at: '2026-01-01T00:00:00Z' },
    );
    const entities = [component('long')];
    const runs = CollectorRuns.of(collector());
    const counted = async () => {
      const { facts } = await runs.run(entities);
      const { commitsByDay, lastCommit } = facts[ref('long')].payload as any;
      expect(commitsByDay).toEqual(
        (await collectOnce('long')).payload.commitsByDay,
      );
      return {
        commits: commitsByDay.reduce(
          (sum: number, day: any) => sum + day.commits,
          0,
        ),
        last: lastCommit.id,
      };
    };
    expect(await counted()).toMatchObject({ commits: 1 });
    let last = await clone.pushMany(120, { from: '2026-02-01T00:00:00Z' });
    expect(await counted()).toEqual({ commits: 121, last });
    last = await clone.pushMany(260, { from: '2026-03-01T00:00:00Z' });
    expect(await counted()).toEqual({ commits: 381, last });
  });

  it('sees that the default branch has another name, although no commit tells', async () => {
    const clone = await forge.create('renamed');
    const head = await clone.push({ 'catalog-info.yaml': 'a' });
    const runs = CollectorRuns.of(collector());
    await runs.run([component('renamed')], {
      now: new Date('2026-11-22T12:00:00Z'),
    });
    await forge.octokit.rest.repos.renameBranch({
      owner: 'acme',
      repo: 'renamed',
      branch: 'main',
      new_name: 'trunk',
    });
    const { facts } = await runs.run([component('renamed')], {
      now: new Date('2026-11-22T18:00:00Z'),
    });
    expect(facts[ref('renamed')]).toMatchObject({
      commit: head,
      payload: { defaultBranch: 'trunk' },
    });
  });

  it('describes everything anew when what it remembered is gone', async () => {
    const clone = await forge.create('forgotten');
    await clone.push({ 'catalog-info.yaml': 'a', CODEOWNERS: '* @acme/a\n' });
    const runs = CollectorRuns.of(collector());
    const first = await runs.run([component('forgotten')]);
    runs.forget();
    requests.take();
    expect(await runs.run([component('forgotten')])).toEqual(first);
    expect(requests.take().join()).toContain('/git/trees/');
  });

  it('reads no file twice of which two components need the text', async () => {
    const clone: TestClone = await forge.create('shared');
    await clone.push({
      CODEOWNERS: '* @acme/a\n',
      'a/catalog-info.yaml': 'a',
      'b/catalog-info.yaml': 'b',
    });
    const outcome = await CollectorRuns.of(collector()).run(
      ['a', 'b'].map(name =>
        component('shared', { name, path: `${name}/catalog-info.yaml` }),
      ),
    );
    expect(Object.keys(outcome.facts)).toEqual([ref('a'), ref('b')]);
    const blobs = requests.take().filter(line => line.includes('/git/blobs/'));
    expect(blobs).toHaveLength(1);
  });

  it('hands over what the people of a repository attest, also when nothing has changed', async () => {
    const clone = await forge.create('attested');
    await clone.push({ 'catalog-info.yaml': 'a' });
    const runs = CollectorRuns.of(collector());
    const entities = [component('attested')];
    expect((await runs.run(entities)).attestations).toEqual([]);
    const head = await clone.push({ '.waymark/facts.yaml': 'facts: []\n' });
    const { data } = await forge.octokit.rest.repos.get({
      owner: 'acme',
      repo: 'attested',
    });
    const attestation = {
      repository: { ...forge.named('attested'), repositoryId: String(data.id) },
      text: 'facts: []\n',
      commit: head,
      url: `${forge.url}/acme/attested/blob/${head}/.waymark/facts.yaml`,
    };
    expect((await runs.run(entities)).attestations).toEqual([attestation]);
    requests.take();
    expect((await runs.run(entities)).attestations).toEqual([attestation]);
    expect(requests.take()).toEqual(['304 GET /repos/acme/attested/commits']);
    await clone.push({ '.waymark/facts.yaml': null });
    expect((await runs.run(entities)).attestations).toEqual([]);
  });
});
