import { runAction } from '../__testUtils__/runAction';
import { TestForge } from '../__testUtils__/TestForge';
import { createEnvironmentsAction } from './environments';
import { createProtectAction } from './protect';
import { createWebhookAction } from './webhook';

jest.setTimeout(120_000);

const SECRET = 'the secret that signs events';
const target = {
  url: 'https://portal.acme.example/api/events/http/github',
  secret: SECRET,
};
const at = { owner: 'acme', repo: 'quotes' };
let test: TestForge;

beforeAll(async () => {
  test = await TestForge.start();
  await test.makeForeign('quotes');
});

afterAll(() => test.stop());

const twice = async (action: any, input: object) => {
  const run = () =>
    runAction(action, { input: { repoUrl: test.repoUrl('quotes'), ...input } });
  await run();
  return run();
};

const dry = (action: any, input: object) =>
  runAction(action, {
    isDryRun: true,
    input: { repoUrl: test.repoUrl('quotes'), ...input },
  });

describe('golden-paths:protect', () => {
  const action = () => createProtectAction({ forge: test.forge });

  it('changes nothing in a dry run', async () => {
    const { log } = await dry(action(), {});
    expect(log).toContain('would protect main of acme/quotes');
    await expect(
      test.octokit.rest.repos.getBranchProtection({ ...at, branch: 'main' }),
    ).rejects.toMatchObject({ status: 404 });
  });

  it('asks for reviews, code owners and checks, of administrators too, however often it runs', async () => {
    await twice(action(), { requiredStatusChecks: ['CI passed'] });
    const { data } = await test.octokit.rest.repos.getBranchProtection({
      ...at,
      branch: 'main',
    });
    expect(data).toMatchObject({
      required_pull_request_reviews: {
        required_approving_review_count: 1,
        require_code_owner_reviews: true,
        dismiss_stale_reviews: true,
      },
      required_status_checks: { strict: true, contexts: ['CI passed'] },
      enforce_admins: { enabled: true },
      allow_force_pushes: { enabled: false },
      allow_deletions: { enabled: false },
    });
  });

  it('names branch and repository when the forge refuses', async () => {
    await expect(
      runAction(action(), { input: { repoUrl: test.repoUrl('missing') } }),
    ).rejects.toMatchObject({
      name: 'NotFoundError',
      message: expect.stringContaining(
        'Could not protect main of acme/missing: the forge answered 404',
      ),
    });
  });
});

describe('golden-paths:environments', () => {
  const action = () => createEnvironmentsAction({ forge: test.forge });
  const environments = [
    { name: 'staging' },
    { name: 'production', reviewers: ['checkout'] },
  ];

  it('changes nothing in a dry run', async () => {
    const { log } = await dry(action(), { environments });
    expect(log).toContain(
      'would create the environment production of acme/quotes, reviewed by checkout',
    );
    const { data } = await test.octokit.rest.repos.getAllEnvironments(at);
    expect(data.total_count).toBe(0);
  });

  it('creates each once, with the teams that review', async () => {
    await twice(action(), { environments });
    const { data } = await test.octokit.rest.repos.getAllEnvironments(at);
    expect(data.environments?.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['staging', 'production']),
    );
    expect(data.total_count).toBe(2);
    const production = data.environments?.find(
      ({ name }) => name === 'production',
    );
    const { data: team } = await test.octokit.rest.teams.getByName({
      org: 'acme',
      team_slug: 'checkout',
    });
    expect(JSON.stringify(production)).toContain(`"id":${team.id}`);
  });

  it('names a team that does not exist', async () => {
    await expect(
      runAction(action(), {
        input: {
          repoUrl: test.repoUrl('quotes'),
          environments: [{ name: 'x', reviewers: ['nobody'] }],
        },
      }),
    ).rejects.toThrow('acme has no team "nobody"');
  });
});

describe('golden-paths:webhook', () => {
  it('changes nothing in a dry run', async () => {
    const { log } = await dry(
      createWebhookAction({ forge: test.forge, target }),
      {},
    );
    expect(log).toContain(`to ${target.url}`);
    const { data } = await test.octokit.rest.repos.listWebhooks(at);
    expect(data).toEqual([]);
  });

  it('connects the portal once, and logs no secret', async () => {
    const { output, log } = await twice(
      createWebhookAction({ forge: test.forge, target }),
      { events: ['push'] },
    );
    const { data } = await test.octokit.rest.repos.listWebhooks(at);
    expect(data).toMatchObject([
      {
        id: output.hookId,
        active: true,
        events: ['push'],
        config: { url: target.url, content_type: 'json' },
      },
    ]);
    expect(log).not.toContain(SECRET);
  });

  it('needs a secret in the configuration', async () => {
    await expect(
      dry(createWebhookAction({ forge: test.forge }), {}),
    ).rejects.toThrow('events.modules.github.webhookSecret');
  });
});
