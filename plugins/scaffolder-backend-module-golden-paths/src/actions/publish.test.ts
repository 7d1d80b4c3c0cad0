import { ManualClock } from '@waymark/waymark-node/testUtils';
import { runAction, workspaceWith } from '../__testUtils__/runAction';
import { TestForge } from '../__testUtils__/TestForge';
import { RepositoryClaims } from '../publish/RepositoryClaims';
import { createPublishAction } from './publish';

jest.setTimeout(120_000);

const PORTAL = 'https://portal.acme.example';
const clock = ManualClock.at('2026-11-22T10:00:00Z');
const FILES = {
  'README.md': '# Quotes\n',
  '.gitignore': 'ignored\n',
  ignored: 'not published',
  'src/main.go': 'package main\n',
};

let test: TestForge;
let workspace: Awaited<ReturnType<typeof workspaceWith>>;
/** Runs that failed or were cancelled; all others are running, done or unknown. */
const interrupted = new Set<string>();

beforeAll(async () => {
  test = await TestForge.start();
  workspace = await workspaceWith(FILES);
});

afterAll(async () => {
  await workspace.remove();
  await test.stop();
});

function action() {
  return createPublishAction({
    forge: test.forge,
    clock,
    portalUrl: PORTAL,
    author: { name: 'Waymark', email: 'waymark@acme.example' },
    claims: RepositoryClaims.create({
      portalUrl: PORTAL,
      history: { wasInterrupted: async taskId => interrupted.has(taskId) },
    }),
  });
}

async function publish(
  name: string,
  options: {
    taskId?: string;
    owner?: string;
    isDryRun?: boolean;
    workspacePath?: string;
    templateRef?: string;
    input?: object;
  } = {},
) {
  return runAction(action(), {
    workspacePath: options.workspacePath ?? workspace.path,
    taskId: options.taskId,
    isDryRun: options.isDryRun,
    templateInfo: {
      entityRef: options.templateRef ?? 'template:default/create-http-service',
    },
    input: {
      repoUrl: test.repoUrl(name),
      description: 'Quotes',
      owner: options.owner ?? 'group:default/checkout',
      topics: ['service'],
      access: [{ team: 'checkout', permission: 'maintain' }],
      homepage: '/catalog/default/component/quotes',
      ...options.input,
    },
  });
}

const commitsOf = async (name: string) =>
  (await test.octokit.rest.repos.listCommits({ owner: 'acme', repo: name }))
    .data;

describe('golden-paths:publish', () => {
  it('makes a private repository with one commit that says which run made it', async () => {
    const { output } = await publish('quotes');

    const { data: repository } = await test.octokit.rest.repos.get({
      owner: 'acme',
      repo: 'quotes',
    });
    expect(repository).toMatchObject({
      private: true,
      description: 'Quotes',
      default_branch: 'main',
      homepage: `${PORTAL}/catalog/default/component/quotes`,
      topics: ['service'],
    });
    const [commit, ...others] = await commitsOf('quotes');
    expect(others).toEqual([]);
    expect(commit.commit.message).toBe(
      'Start on the paved road\n\nWaymark-Task: run-1\nWaymark-Template: template:default/create-http-service\nWaymark-Owner: group:default/checkout',
    );
    expect(output).toEqual({
      remoteUrl: `${test.running.url}/acme/quotes.git`,
      repositoryUrl: `${test.running.url}/acme/quotes`,
      repoContentsUrl: `${test.running.url}/acme/quotes/blob/main`,
      commitHash: commit.sha,
      resumed: false,
    });
    const { data: tree } = await test.octokit.rest.git.getTree({
      owner: 'acme',
      repo: 'quotes',
      tree_sha: 'main',
      recursive: 'true',
    });
    expect(
      tree.tree.filter(({ type }) => type === 'blob').map(({ path }) => path),
    ).toEqual(['.gitignore', 'README.md', 'src/main.go']);
    const { data: teams } = await test.octokit.rest.teams.listReposInOrg({
      org: 'acme',
      team_slug: 'checkout',
    });
    expect(teams.map(({ name }) => name)).toContain('quotes');
  });

  it('finds its own repository when the run comes again, and commits nothing twice', async () => {
    const first = await publish('again');
    const second = await publish('again');
    expect(second.output).toEqual({ ...first.output, resumed: true });
    expect(await commitsOf('again')).toHaveLength(1);
  });

  it('goes on with a repository that was killed before the push', async () => {
    await test.octokit.rest.repos.createInOrg({
      org: 'acme',
      name: 'killed',
      homepage: `${PORTAL}/create/tasks/run-1?template=${encodeURIComponent(
        'template:default/create-http-service',
      )}&owner=${encodeURIComponent('group:default/checkout')}`,
    });
    const { output } = await publish('killed');
    expect(output.resumed).toBe(true);
    expect(await commitsOf('killed')).toHaveLength(1);
  });

  it('takes over from an interrupted run of the same template and owner, and from no other', async () => {
    await publish('takeover', { taskId: 'run-before' });
    await expect(publish('takeover', { taskId: 'run-2' })).rejects.toThrow(
      'run-before, which was not interrupted',
    );
    interrupted.add('run-before');
    await expect(
      publish('takeover', { taskId: 'run-2', owner: 'group:default/ledger' }),
    ).rejects.toThrow('it was made for group:default/checkout');
    await expect(
      publish('takeover', {
        taskId: 'run-2',
        templateRef: 'template:default/create-worker',
      }),
    ).rejects.toThrow('it was made by template:default/create-http-service');
    const { output } = await publish('takeover', { taskId: 'run-2' });
    expect(output.resumed).toBe(true);
    expect(await commitsOf('takeover')).toHaveLength(1);
  });

  it('does not overwrite what an interrupted run pushed with other answers', async () => {
    await publish('other-answers', { taskId: 'run-before' });
    interrupted.add('run-before');
    const changed = await workspaceWith({ ...FILES, 'README.md': '# Other\n' });
    await expect(
      publish('other-answers', {
        taskId: 'run-2',
        workspacePath: changed.path,
      }),
    ).rejects.toThrow('was begun with other answers');
    await changed.remove();
    expect(await commitsOf('other-answers')).toHaveLength(1);
  });

  it.each([true, false])(
    'refuses the repository of somebody else (empty: %s)',
    async empty => {
      const name = `foreign-${empty}`;
      await test.makeForeign(name, empty);
      await expect(publish(name)).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringMatching(
          /already a repository acme\/foreign-.*not made by a template of this portal/,
        ),
      });
      const { data } = await test.octokit.rest.repos.get({
        owner: 'acme',
        repo: name,
      });
      expect(data.description ?? '').not.toBe('Quotes');
    },
  );

  it('says what it would do in a dry run, and does nothing', async () => {
    const { log } = await publish('dry', { isDryRun: true });
    expect(log).toContain(
      'would create the private repository acme/dry with 3 files',
    );
    expect(await test.exists('dry')).toBe(false);
  });

  it('connects to no host but those of the GitHub integration', async () => {
    for (const repoUrl of [
      '169.254.169.254?owner=acme&repo=x',
      'localhost:1?owner=acme&repo=x',
    ]) {
      await expect(publish('x', { input: { repoUrl } })).rejects.toThrow(
        'No matching integration',
      );
    }
    await expect(
      publish('x', {
        input: { repoUrl: `${test.host}?owner=acme&repo=..%2F..%2Fx` },
      }),
    ).rejects.toThrow('cannot be the name of a repository');
  });

  it('makes nothing when a team that is to have access is not there', async () => {
    const access = [{ team: 'checkuot', permission: 'maintain' }];
    for (const isDryRun of [true, false]) {
      await expect(
        publish('no-team', { isDryRun, input: { access } }),
      ).rejects.toMatchObject({
        name: 'NotFoundError',
        message: 'access: acme has no team "checkuot"',
      });
    }
    expect(await test.exists('no-team')).toBe(false);
  });

  it('does not leave the workspace', async () => {
    await expect(
      publish('outside', { input: { sourcePath: '../../etc' } }),
    ).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(await test.exists('outside')).toBe(false);
  });
});
