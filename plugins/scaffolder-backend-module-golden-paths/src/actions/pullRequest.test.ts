import { ManualClock } from '@waymark/waymark-node/testUtils';
import { runAction, workspaceWith } from '../__testUtils__/runAction';
import { TestForge } from '../__testUtils__/TestForge';
import { createPullRequestAction } from './pullRequest';

jest.setTimeout(120_000);

const at = { owner: 'acme', repo: 'quotes' };
const clock = ManualClock.at('2026-11-22T10:00:00Z');
let test: TestForge;

beforeAll(async () => {
  test = await TestForge.start();
  await test.makeForeign('quotes');
});

afterAll(() => test.stop());

async function propose(
  files: Record<string, string>,
  input: object = {},
  isDryRun = false,
) {
  const workspace = await workspaceWith(files);
  try {
    return await runAction(
      createPullRequestAction({
        forge: test.forge,
        clock,
        author: { name: 'Waymark', email: 'waymark@acme.example' },
      }),
      {
        workspacePath: workspace.path,
        isDryRun,
        input: {
          repoUrl: test.repoUrl('quotes'),
          branch: 'waymark/slo',
          title: 'Add an SLO',
          description: 'So that we know.',
          ...input,
        },
      },
    );
  } finally {
    await workspace.remove();
  }
}

const pulls = async () =>
  (await test.octokit.rest.pulls.list({ ...at, state: 'all' })).data;
const commits = async (sha: string) =>
  (await test.octokit.rest.repos.listCommits({ ...at, sha })).data;

describe('golden-paths:pull-request', () => {
  it('says what it would propose in a dry run', async () => {
    const { log } = await propose({ 'slo.yaml': 'a: 1\n' }, {}, true);
    expect(log).toContain(
      'would propose 1 files and 0 deletions on waymark/slo to acme/quotes',
    );
    expect(await pulls()).toEqual([]);
  });

  it('opens a pull request, does nothing when nothing changed, and then updates it', async () => {
    const first = await propose({ 'slo.yaml': 'target: 99\n' });
    expect(first.output.operation).toBe('created');
    const same = await propose({ 'slo.yaml': 'target: 99\n' });
    expect(same.output).toMatchObject({
      operation: 'unchanged',
      pullRequestNumber: first.output.pullRequestNumber,
    });
    const next = await propose(
      { 'slo.yaml': 'target: 99.9\n' },
      { title: 'Add a better SLO', deletions: ['README.md', 'not-there'] },
    );
    expect(next.output).toMatchObject({
      operation: 'updated',
      pullRequestNumber: first.output.pullRequestNumber,
    });
    const found = await pulls();
    expect(found).toHaveLength(1);
    expect(found[0].title).toBe('Add a better SLO');
    // The commit that makes the repository, and the two proposals.
    expect(await commits('waymark/slo')).toHaveLength(3);
    const { data: files } = await test.octokit.rest.pulls.listFiles({
      ...at,
      pull_number: found[0].number,
    });
    expect(
      files.map(({ filename, status }) => `${status} ${filename}`).sort(),
    ).toEqual(['added slo.yaml', 'removed README.md']);
  });

  it('keeps what people pushed to the branch', async () => {
    await propose({ a: '1' }, { branch: 'shared' });
    await test.octokit.rest.repos.createOrUpdateFileContents({
      ...at,
      branch: 'shared',
      path: 'by-hand',
      message: 'By hand',
      content: Buffer.from('kept').toString('base64'),
    });
    await propose({ a: '2' }, { branch: 'shared' });
    const { data } = await test.octokit.rest.git.getTree({
      ...at,
      tree_sha: 'shared',
    });
    expect(data.tree.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['a', 'by-hand']),
    );
  });

  it('opens nothing when the base has it all', async () => {
    const { data } = await test.octokit.rest.repos.getContent({
      ...at,
      path: 'README.md',
    });
    const text = Buffer.from(
      (data as { content: string }).content,
      'base64',
    ).toString();
    const before = (await pulls()).length;
    const { output } = await propose(
      { 'README.md': text },
      { branch: 'nothing' },
    );
    expect(output).toMatchObject({ operation: 'unchanged' });
    expect(await pulls()).toHaveLength(before);
  });

  it('opens nothing when it was merged before, and its branch is still there', async () => {
    const files = { 'merged.yaml': 'a: 1\n' };
    const { output } = await propose(files, { branch: 'merged' });
    await test.octokit.rest.pulls.merge({
      ...at,
      pull_number: output.pullRequestNumber,
      merge_method: 'squash',
    });
    await test.octokit.rest.git.getRef({ ...at, ref: 'heads/merged' });
    const before = (await pulls()).length;
    const again = await propose(files, { branch: 'merged' });
    expect(again.output.operation).toBe('unchanged');
    expect(await pulls()).toHaveLength(before);

    const changed = await propose(
      { 'merged.yaml': 'a: 2\n' },
      { branch: 'merged' },
    );
    expect(changed.output.operation).toBe('created');
  });

  it('does not propose a branch to itself', async () => {
    await expect(propose({ a: '3' }, { branch: 'main' })).rejects.toThrow(
      'it cannot come from there',
    );
  });
});
