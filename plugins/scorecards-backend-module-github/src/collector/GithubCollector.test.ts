import {
  aComponent,
  CollectorRuns,
  githubClients,
  payloadProblems,
  recordRequests,
  TestForge,
} from '@waymark/scorecards-node/testUtils';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { GithubCollector } from './GithubCollector';

jest.setTimeout(60_000);

const UNPROTECTED = {
  protected: false,
  requiredApprovals: 0,
  codeOwnerReviews: false,
  dismissesStaleReviews: false,
  lastPushApproval: false,
  conversationResolution: false,
  statusChecks: [],
  upToDateBranches: false,
  signedCommits: false,
  linearHistory: false,
  forcePushesBlocked: false,
  deletionsBlocked: false,
  administratorsIncluded: false,
};

describe('GithubCollector', () => {
  const problemOf = payloadProblems('github');
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

  const runsOf = () =>
    CollectorRuns.of(GithubCollector.create({ clients: forge.clients() }));
  const component = (repository: string, name = repository) =>
    aComponent({ name, repository: forge.named(repository) });
  const ref = (name: string) => `component:default/${name}`;

  async function payloadOf(name: string) {
    const outcome = await runsOf().run([component(name)]);
    expect(outcome).toMatchObject({ failures: {}, error: undefined });
    const { payload } = outcome.facts[ref(name)];
    expect(problemOf(payload)).toBeUndefined();
    return payload;
  }

  it('says of a repository that nothing protects that nothing does', async () => {
    const clone = await forge.create('bare');
    await clone.push({ 'README.md': '# Bare\n' });
    expect(await payloadOf('bare')).toEqual({
      defaultBranch: 'main',
      archived: false,
      visibility: expect.stringMatching(/^(?:public|private|internal)$/),
      branchProtection: UNPROTECTED,
      rulesets: [],
      environments: [],
      pullRequests: { open: 0, oldestOpenedAt: null, oldest: [] },
      workflowRuns: {
        workflows: [],
        runs: 0,
        succeeded: 0,
        failed: 0,
        since: null,
      },
      unreadable: [],
    });
  });

  it('says what protects, releases and waits, as its source declares it', async () => {
    const { repos, pulls } = forge.octokit.rest;
    const at = { owner: 'acme', repo: 'guarded' };
    const clone = await forge.create('guarded');
    await clone.push({
      'README.md': '# Guarded\n',
      '.github/workflows/ci.yaml': 'name: CI\non: push\njobs: {}\n',
    });
    await clone.git('checkout', '-q', '-b', 'topic');
    await clone.push({ 'README.md': '# Better\n' });
    const { data: pull } = await pulls.create({
      ...at,
      title: 'Better',
      head: 'topic',
      base: 'main',
      draft: true,
    });
    await repos.updateBranchProtection({
      ...at,
      branch: 'main',
      enforce_admins: true,
      restrictions: null,
      required_status_checks: { strict: true, contexts: ['test', 'lint'] },
      required_pull_request_reviews: {
        required_approving_review_count: 1,
        require_code_owner_reviews: true,
      },
      allow_deletions: true,
    });
    await repos.createRepoRuleset({
      ...at,
      name: 'Two pairs of eyes',
      enforcement: 'active',
      conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
      rules: [
        {
          type: 'pull_request',
          parameters: {
            required_approving_review_count: 2,
            dismiss_stale_reviews_on_push: true,
            require_code_owner_review: false,
            require_last_push_approval: false,
            required_review_thread_resolution: true,
          },
        },
        { type: 'required_signatures' },
      ],
    });
    await repos.createOrUpdateEnvironment({
      ...at,
      environment_name: 'production',
      wait_timer: 30,
      prevent_self_review: true,
      reviewers: [{ type: 'User', id: 1 }],
      deployment_branch_policy: {
        protected_branches: true,
        custom_branch_policies: false,
      },
    });
    const payload = await payloadOf('guarded');
    expect(payload).toMatchObject({
      branchProtection: {
        ...UNPROTECTED,
        protected: true,
        requiredApprovals: 2,
        codeOwnerReviews: true,
        dismissesStaleReviews: true,
        conversationResolution: true,
        statusChecks: ['lint', 'test'],
        upToDateBranches: true,
        signedCommits: true,
        forcePushesBlocked: true,
        administratorsIncluded: true,
      },
      rulesets: [
        {
          name: 'Two pairs of eyes',
          target: 'branch',
          enforcement: 'active',
          ofRepository: true,
        },
      ],
      environments: [
        {
          name: 'production',
          reviewers: 1,
          preventsSelfReview: true,
          waitMinutes: 30,
          branches: 'protected',
        },
      ],
      pullRequests: {
        open: 1,
        oldestOpenedAt: new Date(pull.created_at).toISOString(),
        oldest: [
          {
            number: pull.number,
            author: pull.user!.login,
            draft: true,
            base: 'main',
          },
        ],
      },
      workflowRuns: {
        workflows: [
          {
            path: '.github/workflows/ci.yaml',
            name: 'CI',
            enabled: true,
            lastRun: null,
          },
        ],
      },
      unreadable: [],
    });
  });

  it('gets nothing twice that has not changed, and sees what has', async () => {
    const at = { owner: 'acme', repo: 'steady' };
    const clone = await forge.create('steady');
    await clone.push({ 'README.md': '# Steady\n' });
    await forge.octokit.rest.repos.updateBranchProtection({
      ...at,
      branch: 'main',
      enforce_admins: false,
      restrictions: null,
      required_status_checks: null,
      required_pull_request_reviews: { required_approving_review_count: 2 },
    });
    const runs = runsOf();
    const entities = [component('steady'), component('steady', 'other')];
    const first = await runs.run(entities);
    expect(Object.keys(first.facts)).toEqual([ref('steady'), ref('other')]);
    expect(JSON.stringify(runs.state)).not.toMatch(/"url"|token/);

    requests.take();
    expect(await runs.run(entities)).toEqual(first);
    const answers = requests.take();
    expect(answers).toHaveLength(8);
    expect(answers.filter(line => !line.startsWith('304'))).toEqual([]);

    await forge.octokit.rest.repos.deleteBranchProtection({
      ...at,
      branch: 'main',
    });
    const { facts } = await runs.run(entities);
    expect(facts[ref('steady')].payload).toMatchObject({
      branchProtection: { protected: false, requiredApprovals: 0 },
    });
    expect(await runs.run(entities)).toMatchObject({ facts });
  });

  it('names a wrong token as the reason, and fails who is described elsewhere', async () => {
    const clone = await forge.create('named');
    await clone.push({ 'README.md': '# Named\n' });
    const refused = await CollectorRuns.of(
      GithubCollector.create({ clients: forge.clients('wrong') }),
    ).run([component('named')]);
    expect(refused.error).toMatchObject({
      status: 401,
      message: `${forge.host} does not tell the settings of acme/named: 401, its token is wrong or has expired`,
    });
    const { failures } = await runsOf().run([
      aComponent({
        name: 'former',
        repository: forge.named('named'),
        repositoryId: '1',
      }),
    ]);
    expect(failures[ref('former')]).toMatch(/is another repository now/);
  });

  describe('behind a host that answers otherwise', () => {
    /** Stands before the forge and answers itself what a path matches, as GitHub would. */
    let answers: [path: RegExp, status: number, body: unknown][];
    const server = createServer(async (request, response) => {
      const path = request.url!;
      const own = answers.find(([pattern]) => pattern.test(path));
      if (own) {
        response
          .writeHead(own[1], { 'content-type': 'application/json' })
          .end(JSON.stringify(own[2]));
        return;
      }
      const answer = await fetch(`${forge.url}${path}`, {
        headers: { authorization: request.headers.authorization! },
      });
      response
        .writeHead(answer.status, { 'content-type': 'application/json' })
        .end(await answer.text());
    });
    beforeAll(async () => {
      await new Promise<void>(done => {
        server.listen(0, '127.0.0.1', done);
      });
    });
    afterAll(() => {
      server.closeAllConnections();
      server.close();
    });

    async function runBehind(name: string) {
      const clone = await forge.create(name);
      await clone.push({ 'README.md': '# Behind\n' });
      const { port } = server.address() as AddressInfo;
      const { token } = (await forge.octokit.auth()) as { token: string };
      const host = `localhost:${port}`;
      const apiBaseUrl = `http://127.0.0.1:${port}`;
      const clients = githubClients({ host, apiBaseUrl, token });
      const outcome = await CollectorRuns.of(
        GithubCollector.create({ clients }),
      ).run([aComponent({ name, repository: { ...forge.named(name), host } })]);
      return { ...outcome, host };
    }

    async function payloadBehind(name: string) {
      const { facts, error } = await runBehind(name);
      expect(error).toBeUndefined();
      const { payload } = facts[ref(name)];
      expect(problemOf(payload)).toBeUndefined();
      return payload;
    }

    it('says what the token may not see, and tells the rest', async () => {
      answers = [
        [/\/protection$/, 404, { message: 'Not Found' }],
        [/\/environments/, 403, { message: 'Resource not accessible' }],
      ];
      expect(await payloadBehind('secret')).toMatchObject({
        branchProtection: null,
        environments: null,
        rulesets: [],
        pullRequests: { open: 0 },
        unreadable: [
          {
            facts: 'branchProtection',
            reason: '404, it is not there, or its token may not see it',
          },
          { facts: 'environments', reason: '403, its token may not read it' },
        ],
      });
    });

    it('counts pull requests over several pages', async () => {
      const pull = (number: number) => ({
        number,
        created_at: '2026-11-01T10:00:00Z',
        user: { login: 'mina' },
        base: { ref: 'main' },
      });
      const page = (begin: number, count: number) =>
        Array.from({ length: count }, (_, index) => pull(begin + index));
      answers = [
        [/\/pulls\?.*page=1$/, 200, page(1, 100)],
        [/\/pulls\?.*page=2$/, 200, page(101, 7)],
      ];
      const { pullRequests } = await payloadBehind('crowded');
      expect(pullRequests).toMatchObject({ open: 107 });
      const { oldest } = pullRequests as { oldest: { number: number }[] };
      expect(oldest.map(({ number }) => number)).toEqual(
        Array.from({ length: 50 }, (_, index) => index + 1),
      );
    });

    it('names what it cannot make out', async () => {
      answers = [[/\/rulesets/, 200, [{ name: 1 }]]];
      const { host, error } = await runBehind('odd');
      expect(error?.message).toMatch(
        `${host} tells the rulesets in a way that cannot be read: 0.name: `,
      );
    });
  });
});
