import { createHmac } from 'node:crypto';
import { apiOf, startTestForge } from '../__testUtils__/fixture';
import { Receiver } from './__testUtils__/Receiver';

jest.setTimeout(60_000);

let portal: Receiver;
let portalPort: number;
let forge: Awaited<ReturnType<typeof startTestForge>>;
let api: ReturnType<typeof apiOf>;

beforeAll(async () => {
  portal = new Receiver();
  portalPort = await portal.listen();
  forge = await startTestForge({ portalUrl: `http://127.0.0.1:${portalPort}` });
  api = apiOf(forge);
});

afterAll(async () => {
  await forge.close();
  await portal.close();
});

beforeEach(() => {
  portal.received.length = 0;
});

const put = (path: string, message: string, branch?: string) =>
  api('PUT', `/repos/acme/payments-api/contents/${path}`, {
    message,
    branch,
    content: Buffer.from(message).toString('base64'),
  });

/** Another receiver, with a hook for issues in each of these places; all of it goes when the work is done. */
async function withHooks(
  scopes: string[],
  config: { secret?: string },
  work: (other: Receiver, hooks: any[]) => Promise<void>,
): Promise<void> {
  const other = new Receiver();
  const url = `http://127.0.0.1:${await other.listen()}/hook`;
  const hooks: any[] = [];
  for (const scope of scopes) {
    const { status, body } = await api('POST', scope, {
      config: { url, content_type: 'json', ...config },
      events: ['issues'],
    });
    expect(status).toBe(201);
    hooks.push(body);
  }
  await work(other, hooks);
  for (const [index, scope] of scopes.entries()) {
    await api('DELETE', `${scope}/${hooks[index].id}`);
  }
  await other.close();
}

it('says nothing about the history that seeding makes', () => {
  expect(forge.context.webhooks.deliveries()).toEqual([]);
});

it('sends a signed push with everything a portal reads', async () => {
  const before = (await api('GET', '/repos/acme/payments-api/branches/main'))
    .body.commit.sha;
  const written = await put('docs/new.md', 'Explain');
  await forge.context.webhooks.settled();
  const [push] = portal.received;
  expect(push.path).toBe('/api/events/http/github');
  expect(push.event).toBe('push');
  expect(push.headers['x-github-delivery']).toMatch(/^[0-9a-f-]{36}$/);
  const expected = createHmac('sha256', forge.webhookSecret)
    .update(push.text)
    .digest('hex');
  expect(push.headers['x-hub-signature-256']).toBe(`sha256=${expected}`);
  expect(push.body).toMatchObject({
    ref: 'refs/heads/main',
    before,
    after: written.body.commit.sha,
    created: false,
    deleted: false,
    commits: [
      {
        id: written.body.commit.sha,
        message: 'Explain',
        added: ['docs/new.md'],
        removed: [],
        modified: [],
        author: { username: 'waymark-portal' },
      },
    ],
    head_commit: { id: written.body.commit.sha },
    repository: {
      name: 'payments-api',
      full_name: 'acme/payments-api',
      html_url: `${forge.url}/acme/payments-api`,
      default_branch: 'main',
      owner: { login: 'acme', name: 'acme' },
      topics: ['service', 'payments'],
    },
    organization: { login: 'acme' },
    sender: { login: 'waymark-portal' },
  });
});

it('tells renames, changes and removals of files apart', async () => {
  const { body } = await api(
    'GET',
    '/repos/acme/payments-api/contents/docs/index.md',
  );
  await api('DELETE', '/repos/acme/payments-api/contents/docs/index.md', {
    message: 'Remove',
    sha: body.sha,
  });
  const readme = await api(
    'GET',
    '/repos/acme/payments-api/contents/README.md',
  );
  await api('PUT', '/repos/acme/payments-api/contents/README.md', {
    message: 'Change',
    content: '',
    sha: readme.body.sha,
  });
  await forge.context.webhooks.settled();
  expect(portal.received.map(({ body: push }) => push.commits[0])).toEqual([
    expect.objectContaining({ removed: ['docs/index.md'], modified: [] }),
    expect.objectContaining({ removed: [], modified: ['README.md'] }),
  ]);
});

it('says what a push created, forced and deleted', async () => {
  const repository = '/repos/acme/payments-api';
  const start = (await api('GET', `${repository}/branches/main`)).body.commit
    .sha;
  const refs = `${repository}/git/refs`;
  await api('POST', refs, { ref: 'refs/heads/side', sha: start });
  const one = (await put('one.txt', 'one', 'side')).body.commit.sha;
  const two = (await put('two.txt', 'two', 'side')).body.commit.sha;
  await api('PATCH', `${refs}/heads/side`, { sha: start, force: true });
  await api('POST', refs, { ref: 'refs/heads/new', sha: two });
  await api('POST', refs, { ref: 'refs/tags/v1', sha: two });
  await api('PATCH', `${refs}/heads/side`, { sha: one, force: true });
  await api('DELETE', `${refs}/heads/side`);
  await api('DELETE', `${refs}/heads/new`);
  await forge.context.webhooks.settled();

  const none = '0'.repeat(40);
  const short = (sha: string) => sha.slice(0, 12);
  const page = `${forge.url}/acme/payments-api`;
  const side = 'refs/heads/side';
  const plain = { created: false, deleted: false, forced: false };
  const facts = portal.received.map(({ body }) => ({
    ref: body.ref,
    before: body.before,
    after: body.after,
    base: body.base_ref,
    created: body.created,
    deleted: body.deleted,
    forced: body.forced,
    compare: body.compare.replace(page, ''),
    commits: body.commits.map((commit: any) => [commit.id, commit.distinct]),
    head: body.head_commit?.id,
  }));
  expect(facts).toEqual([
    {
      ...plain,
      ref: side,
      before: none,
      after: start,
      created: true,
      base: 'refs/heads/main',
      compare: '/compare/side',
      commits: [],
      head: start,
    },
    {
      ...plain,
      ref: side,
      before: start,
      after: one,
      base: null,
      compare: `/compare/${short(start)}...${short(one)}`,
      commits: [[one, true]],
      head: one,
    },
    {
      ...plain,
      ref: side,
      before: one,
      after: two,
      base: null,
      compare: `/compare/${short(one)}...${short(two)}`,
      commits: [[two, true]],
      head: two,
    },
    {
      ...plain,
      ref: side,
      before: two,
      after: start,
      forced: true,
      base: null,
      compare: `/compare/${short(two)}...${short(start)}`,
      commits: [],
      head: start,
    },
    {
      ...plain,
      ref: 'refs/heads/new',
      before: none,
      after: two,
      created: true,
      base: null,
      compare: `/compare/${short(one)}^...${short(two)}`,
      commits: [
        [one, true],
        [two, true],
      ],
      head: two,
    },
    {
      ...plain,
      ref: 'refs/tags/v1',
      before: none,
      after: two,
      created: true,
      base: 'refs/heads/new',
      compare: '/compare/v1',
      commits: [],
      head: two,
    },
    {
      ...plain,
      ref: side,
      before: start,
      after: one,
      base: null,
      compare: `/compare/${short(start)}...${short(one)}`,
      commits: [[one, false]],
      head: one,
    },
    {
      ...plain,
      ref: side,
      before: one,
      after: none,
      deleted: true,
      base: null,
      compare: `/compare/${short(one)}...${short(none)}`,
      commits: [],
      head: undefined,
    },
    {
      ...plain,
      ref: 'refs/heads/new',
      before: two,
      after: none,
      deleted: true,
      base: null,
      compare: `/compare/${short(two)}...${short(none)}`,
      commits: [],
      head: undefined,
    },
  ]);
});

it('follows repositories, teams, members, issues and pull requests', async () => {
  await api('POST', '/orgs/acme/repos', { name: 'noted', auto_init: true });
  await api('PATCH', '/repos/acme/noted', { description: 'Now described' });
  await api('PATCH', '/repos/acme/noted', { name: 'renamed' });
  await api('PATCH', '/repos/acme/renamed', { archived: true });
  await api('DELETE', '/repos/acme/renamed');
  await api('POST', '/orgs/acme/teams', { name: 'ops' });
  await api('PUT', '/orgs/acme/teams/ops/memberships/sofia', {});
  await api('DELETE', '/orgs/acme/teams/ops');
  await api('POST', '/repos/acme/payments-api/issues', { title: 'Slow' });
  await put('src/more.ts', 'Add more', 'rounding');
  await forge.context.webhooks.settled();
  expect(portal.events()).toEqual([
    'repository.created',
    'repository.edited',
    'repository.renamed',
    'repository.archived',
    'repository.deleted',
    'team.created',
    'membership.added',
    'team.deleted',
    'issues.opened',
    'pull_request.synchronize',
    'push',
  ]);
  expect(portal.received[2].body.changes).toEqual({
    repository: { name: { from: 'noted' } },
  });
  expect(portal.received[6].body).toMatchObject({
    scope: 'team',
    member: { login: 'sofia', email: 'sofia@acme.example' },
    team: { slug: 'ops' },
    organization: { login: 'acme' },
  });
});

it('serves hooks of a repository with their own secret and events', async () => {
  const scope = '/repos/acme/payments-api/hooks';
  await withHooks([scope], { secret: 'mine' }, async (other, [hook]) => {
    expect(hook.config.secret).toBe('********');
    await put('src/ignored.ts', 'Not for this hook', 'rounding');
    await api('POST', '/repos/acme/payments-api/issues', { title: 'Slower' });
    await forge.context.webhooks.settled();
    expect(other.events()).toEqual(['ping', 'issues.opened']);
    const [, issue] = other.received;
    expect(issue.headers['x-hub-signature-256']).toBe(
      `sha256=${createHmac('sha256', 'mine').update(issue.text).digest('hex')}`,
    );
    const deliveries = await api('GET', `${scope}/${hook.id}/deliveries`);
    expect(deliveries.body.map(({ event }: any) => event)).toEqual([
      'issues',
      'ping',
    ]);
  });
});

it('delivers in order once a portal that was down is up again', async () => {
  await portal.close();
  await put('src/one.ts', 'one', 'rounding');
  await put('src/two.ts', 'two', 'rounding');
  const waiting = await forge.service.listWebhookDeliveries();
  expect(waiting[0]).toMatchObject({ status: 'pending', event: 'push' });
  // A portal that starts answers 404 before its routes are there.
  portal.answer = () => 404;
  await portal.listen(portalPort);
  await new Promise(resolve => setTimeout(resolve, 400));
  portal.answer = () => 202;
  await forge.context.webhooks.settled();
  expect(
    portal.received
      .filter(({ event }) => event === 'push')
      .map(({ body }) => body.head_commit.message),
  ).toEqual(['one', 'two']);
  const [last] = await forge.service.listWebhookDeliveries();
  expect(last).toMatchObject({ status: 'delivered', statusCode: 202 });
});

it('keeps a hook from waiting for another, even of the same receiver', async () => {
  const scopes = ['/repos/acme/payments-api/hooks', '/orgs/acme/hooks'];
  await withHooks(scopes, {}, async (other, hooks) => {
    await forge.context.webhooks.settled();
    const [failing, healthy] = hooks.map(({ id }) => String(id));
    const idOf = ({ headers }: { headers: object }) =>
      (headers as Record<string, string>)['x-github-hook-id'];
    other.answer = delivery => (idOf(delivery) === failing ? 500 : 202);
    await api('POST', '/repos/acme/payments-api/issues', { title: 'Slowest' });
    await other.until(() => other.received.length === 3);
    expect(idOf(other.received[2])).toBe(healthy);
    other.answer = () => 202;
    await forge.context.webhooks.settled();
    expect(idOf(other.received[3])).toBe(failing);
  });
});

it('does not repeat what the portal refused', async () => {
  portal.answer = () => 401;
  await put('src/three.ts', 'three', 'rounding');
  await forge.context.webhooks.settled();
  const [last] = await forge.service.listWebhookDeliveries();
  expect(last).toMatchObject({
    status: 'failed',
    statusCode: 401,
    attempts: 1,
  });
});
