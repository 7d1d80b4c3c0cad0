import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { GithubClients } from '@waymark/waymark-node';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { startForgeApi } from '../__testUtils__/startForgeApi';
import { RepositoryIds } from './RepositoryIds';

const HOST = 'forge.example';
const shop = { host: HOST, owner: 'acme', repository: 'shop' };

async function setUp() {
  const api = await startForgeApi();
  api.repositories.set('acme/shop', 7);
  const integrations = ScmIntegrations.fromConfig(
    new ConfigReader({
      integrations: {
        github: [{ host: HOST, apiBaseUrl: api.url, token: 'a-token' }],
      },
    }),
  );
  const clock = ManualClock.at('2026-01-01T00:00:00Z');
  const logger = mockServices.logger.mock();
  const ids = RepositoryIds.create({
    clients: GithubClients.create({ integrations }),
    clock,
    logger,
  });
  const ask = async (repository = shop, recent = false) =>
    (await ids.lookUp([{ repository, recent }])).of(repository);
  return { api, clock, logger, ids, ask };
}

describe('RepositoryIds', () => {
  let context: Awaited<ReturnType<typeof setUp>>;

  beforeEach(async () => {
    context = await setUp();
  });

  afterEach(async () => {
    await context.api.stop();
  });

  it('asks the forge once, with the credentials of its integration', async () => {
    const { api, ids, ask } = context;
    const known = await ids.lookUp([
      { repository: shop, recent: true },
      { repository: { ...shop, repository: 'Shop' }, recent: false },
    ]);
    expect(known.of(shop)).toBe('7');
    expect(await ask()).toBe('7');
    expect(api.requests).toEqual(['GET /repos/acme/shop token a-token']);
  });

  it('asks again after six hours, and after a minute for what has newly appeared', async () => {
    const { api, clock, ask } = context;
    await ask();
    api.repositories.set('acme/shop', 8);
    clock.advance('PT2M');
    expect(await ask()).toBe('7');
    expect(await ask(shop, true)).toBe('8');
    api.repositories.set('acme/shop', 9);
    clock.advance('PT6H');
    expect(await ask()).toBe('9');
  });

  it('asks again when a webhook tells of another repository, and only then', async () => {
    const { api, ids, ask } = context;
    await ask();
    api.repositories.set('acme/shop', 8);
    ids.heard(shop, '7');
    expect(await ask()).toBe('7');
    ids.heard(shop, '8');
    expect(await ask()).toBe('8');
    api.repositories.delete('acme/shop');
    ids.heard(shop, undefined);
    expect(await ask()).toBeUndefined();
  });

  it('knows nothing while the forge is away, asks no more than once a minute, and recovers', async () => {
    const { api, clock, logger, ask } = context;
    api.fail(true);
    const other = { ...shop, repository: 'other' };
    expect(await ask()).toBeUndefined();
    expect(await ask(other)).toBeUndefined();
    expect(api.requests).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledTimes(1);
    expect(JSON.stringify(logger.warn.mock.calls)).not.toContain('a-token');

    api.fail(false);
    clock.advance('PT1M');
    expect(await ask()).toBe('7');
  });

  it('takes a repository that the forge does not show for unknown, which is no failure', async () => {
    const { api, clock, logger, ask } = context;
    const secret = { ...shop, repository: 'secret' };
    expect(await ask(secret)).toBeUndefined();
    expect(await ask(secret)).toBeUndefined();
    expect(await ask()).toBe('7');
    expect(api.requests).toHaveLength(2);
    expect(logger.warn).not.toHaveBeenCalled();
    clock.advance('PT5M');
    api.repositories.set('acme/secret', 11);
    expect(await ask(secret)).toBe('11');
  });

  it('knows nothing of hosts without an integration', async () => {
    expect(
      await context.ask({ ...shop, host: 'elsewhere.example' }),
    ).toBeUndefined();
    expect(context.api.requests).toEqual([]);
  });
});
