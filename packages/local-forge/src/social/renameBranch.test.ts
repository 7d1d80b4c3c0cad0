import { apiOf, startTestForge } from '../__testUtils__/fixture';

jest.setTimeout(60_000);

const repository = '/repos/acme/payments-api';
let forge: Awaited<ReturnType<typeof startTestForge>>;
let api: ReturnType<typeof apiOf>;

beforeAll(async () => {
  forge = await startTestForge();
  api = apiOf(forge);
  await api('PUT', `${repository}/collaborators/mina`, { permission: 'admin' });
});

afterAll(() => forge.close());

const as = (login: string) => ({
  authorization: `Basic ${Buffer.from(`${login}:${forge.token}`).toString(
    'base64',
  )}`,
});

const rename = (from: string, newName: unknown, login: string) =>
  api(
    'POST',
    `${repository}/branches/${from}/rename`,
    { new_name: newName },
    as(login),
  );

const branches = async () =>
  (await api('GET', `${repository}/branches`)).body.map(
    ({ name, protected: isProtected }: { name: string; protected: boolean }) =>
      `${name}${isProtected ? ' protected' : ''}`,
  );

describe('renaming a branch', () => {
  it('refuses a name that is none or taken, and changes nothing', async () => {
    for (const name of [undefined, '', 'a..b', '../main', 'main']) {
      expect(await rename('rounding', name, 'mina')).toMatchObject({
        status: 422,
        body: { message: expect.stringContaining('new_name') },
      });
    }
    expect((await rename('nothing', 'something', 'mina')).status).toBe(404);
    expect(await branches()).toEqual(['main protected', 'rounding']);
  });

  it('leaves the protected default branch to administrators', async () => {
    expect((await rename('main', 'mine', 'leo')).status).toBe(403);
    expect(await branches()).toEqual(['main protected', 'rounding']);
  });

  it('takes protection, open pull requests and the default branch along, though protection forbids deletion', async () => {
    const before = await api('GET', `${repository}/branches/main/protection`);
    const renamed = await rename('main', 'release/trunk', 'mina');
    expect(renamed).toMatchObject({
      status: 201,
      body: { name: 'release/trunk', protected: true },
    });

    expect(await branches()).toEqual(['release/trunk protected', 'rounding']);
    const after = await api(
      'GET',
      `${repository}/branches/release/trunk/protection`,
    );
    expect(after.body.required_pull_request_reviews).toMatchObject({
      required_approving_review_count: 1,
      require_code_owner_reviews: true,
    });
    expect(before.status).toBe(200);
    expect(
      (await api('GET', `${repository}/branches/main/protection`)).status,
    ).toBe(404);
    expect((await api('GET', repository)).body.default_branch).toBe(
      'release/trunk',
    );
    const pulls = await api('GET', `${repository}/pulls`);
    expect(
      pulls.body.map((pull: { base: { ref: string } }) => pull.base.ref),
    ).toEqual(['release/trunk']);
  });

  it('lets whoever may push rename another branch', async () => {
    await api('POST', `${repository}/git/refs`, {
      ref: 'refs/heads/draft',
      sha: (
        await api('GET', `${repository}/branches/rounding`)
      ).body.commit.sha,
    });
    expect((await rename('draft', 'final', 'leo')).status).toBe(201);
    expect(await branches()).toContain('final');
    expect(await branches()).not.toContain('draft');
  });
});
