import { CollectorBench, ref } from '../__testUtils__/CollectorBench';

jest.setTimeout(60_000);

const workflow = (version: string) =>
  `jobs: { test: { uses: acme/portal/.github/workflows/x.yaml@${version} } }\n`;

describe('GitCollector from run to run', () => {
  let bench: CollectorBench;

  beforeAll(async () => {
    bench = await CollectorBench.start();
  });
  afterAll(() => bench.stop());
  beforeEach(() => bench.requests.take());

  it('asks one cheap question when nothing has changed, and only for what a commit has touched when something has', async () => {
    const clone = await bench.forge.create('steady');
    await clone.push({
      'catalog-info.yaml': 'kind: Component\n',
      '.github/CODEOWNERS': '* @acme/checkout\n',
      '.github/workflows/ci.yaml': workflow('v4'),
    });
    const entities = [bench.component('steady')];
    const runs = bench.runs();
    const first = await runs.run(entities);

    bench.requests.take();
    expect(await runs.run(entities)).toEqual(first);
    expect(bench.requests.take()).toEqual([
      '304 GET /repos/acme/steady/commits',
    ]);

    const head = await clone.push({
      '.github/workflows/ci.yaml': workflow('a'.repeat(40)),
    });
    const second = await runs.run(entities);
    expect(second.facts[ref('steady')]).toMatchObject({
      commit: head,
      payload: {
        actions: [{ pinned: true }],
        commitsByDay: [{ commits: 2 }],
      },
    });
    expect(
      bench.requests.take().map(line => line.replace(/[0-9a-f]{40}/g, 'id')),
    ).toEqual([
      '200 GET /repos/acme/steady/commits',
      '200 GET /repos/acme/steady',
      '200 GET /repos/acme/steady/git/trees/id',
      '200 GET /repos/acme/steady/compare/id...id',
      '200 GET /repos/acme/steady/git/blobs/id',
    ]);
  });

  it('counts commits the same whether it has followed them or not', async () => {
    const clone = await bench.forge.create('busy');
    const entities = ['', 'a/'].map(folder =>
      bench.component('busy', {
        name: folder ? 'folder' : 'root',
        path: `${folder}catalog-info.yaml`,
      }),
    );
    const runs = bench.runs();
    const compare = async () => {
      const followed = await runs.run(entities);
      const anew = await bench.runs().run(entities);
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
    const clone = await bench.forge.create('long');
    await clone.push(
      { 'a/catalog-info.yaml': 'a', 'catalog-info.yaml': 'a' },
      { at: '2026-01-01T00:00:00Z' },
    );
    const entities = [bench.component('long')];
    const runs = bench.runs();
    const counted = async () => {
      const { facts } = await runs.run(entities);
      const { commitsByDay, lastCommit } = facts[ref('long')].payload as any;
      expect(commitsByDay).toEqual(
        (await bench.factOf('long')).payload.commitsByDay,
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
    const clone = await bench.forge.create('renamed');
    const head = await clone.push({ 'catalog-info.yaml': 'a' });
    const runs = bench.runs();
    await runs.run([bench.component('renamed')], {
      now: new Date('2026-11-22T12:00:00Z'),
    });
    await bench.forge.octokit.rest.repos.renameBranch({
      owner: 'acme',
      repo: 'renamed',
      branch: 'main',
      new_name: 'trunk',
    });
    const { facts } = await runs.run([bench.component('renamed')], {
      now: new Date('2026-11-22T18:00:00Z'),
    });
    expect(facts[ref('renamed')]).toMatchObject({
      commit: head,
      payload: { defaultBranch: 'trunk' },
    });
  });

  it('describes everything anew when what it remembered is gone', async () => {
    const clone = await bench.forge.create('forgotten');
    await clone.push({ 'catalog-info.yaml': 'a', CODEOWNERS: '* @acme/a\n' });
    const runs = bench.runs();
    const first = await runs.run([bench.component('forgotten')]);
    runs.forget();
    bench.requests.take();
    expect(await runs.run([bench.component('forgotten')])).toEqual(first);
    expect(bench.requests.take().join()).toContain('/git/trees/');
  });

  it('keeps the histories of components that a call does not come to', async () => {
    const clone = await bench.forge.create('parts');
    await clone.push({
      'a/catalog-info.yaml': 'a',
      'b/catalog-info.yaml': 'b',
    });
    const [a, b] = ['a', 'b'].map(name =>
      bench.component('parts', { name, path: `${name}/catalog-info.yaml` }),
    );
    const runs = bench.runs();
    const folders = () => Object.keys(runs.state?.histories as object).sort();
    await runs.run([a, b]);
    await clone.push({ 'b/file.txt': '1' }, { at: '2026-11-21T10:00:00Z' });
    await runs.run([a], { isWhole: false });
    expect(folders()).toEqual(['a', 'b']);
    const followed = await runs.run([b], { isWhole: false });
    expect(followed).toEqual(await bench.runs().run([b]));
    await clone.push({ 'b/file.txt': '2' });
    await runs.run([a]);
    expect(folders()).toEqual(['a']);
  });

  it('hands over what the people of a repository attest, also when nothing has changed', async () => {
    const clone = await bench.forge.create('attested');
    await clone.push({ 'catalog-info.yaml': 'a' });
    const runs = bench.runs();
    const entities = [bench.component('attested')];
    expect((await runs.run(entities)).attestations).toEqual([]);
    const head = await clone.push({ '.waymark/facts.yaml': 'facts: []\n' });
    const { data } = await bench.forge.octokit.rest.repos.get({
      owner: 'acme',
      repo: 'attested',
    });
    const attestation = {
      repository: {
        ...bench.forge.named('attested'),
        repositoryId: String(data.id),
      },
      text: 'facts: []\n',
      commit: head,
      url: `${bench.forge.url}/acme/attested/blob/${head}/.waymark/facts.yaml`,
    };
    expect((await runs.run(entities)).attestations).toEqual([attestation]);
    bench.requests.take();
    expect((await runs.run(entities)).attestations).toEqual([attestation]);
    expect(bench.requests.take()).toEqual([
      '304 GET /repos/acme/attested/commits',
    ]);
    const tooLarge = '#'.repeat(8 * 1024 * 1024 + 1);
    const next = await clone.push({ '.waymark/facts.yaml': tooLarge });
    expect((await runs.run(entities)).attestations).toEqual([
      {
        repository: attestation.repository,
        problem: 'It is larger than 8192 KiB',
        commit: next,
        url: attestation.url.replace(head, next),
      },
    ]);
    await clone.push({ '.waymark/facts.yaml': null });
    expect((await runs.run(entities)).attestations).toEqual([]);
  });
});
