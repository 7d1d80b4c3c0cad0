import { CollectContext, RefusedError } from '@waymark/scorecards-node';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { createServer } from 'node:http';
import { AddressInfo } from 'node:net';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { migrated } from '../__testUtils__/migrated';
import { createCollectors, passed } from './__testUtils__/createCollectors';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('collectors and hosts on %s', id => {
  let knex: Knex;
  let status = 200;
  let headers: Record<string, string> = {};
  let requests = 0;
  /** Whose credentials are refused, besides. */
  let refusedOwner = '';
  const server = createServer(({ url }, response) => {
    requests += 1;
    const isRefused = url!.split('/').includes(refusedOwner, 1);
    response.writeHead(isRefused ? 401 : status, headers).end('{}');
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
  beforeEach(async () => {
    knex = await migrated(databases, id);
    answer(200);
    refusedOwner = 'nobody';
    requests = 0;
  });

  function answer(code: number, with_: Record<string, string> = {}): void {
    status = code;
    headers = with_;
  }

  /** Asks the server once for each call, and fails as Octokit does. */
  async function ask({
    partition,
    hosts,
    entities,
    signal,
    report,
  }: CollectContext): Promise<void> {
    const { port } = server.address() as AddressInfo;
    await hosts.run(
      partition.host!,
      async () => {
        const response = await fetch(
          `http://127.0.0.1:${port}/${partition.key}`,
          {
            signal,
          },
        );
        await response.text();
        if (!response.ok) {
          throw Object.assign(
            new RefusedError({
              question: `No answer about ${partition.key}`,
              status: response.status,
              reason: `${response.status}`,
              hostMessage: 'Bad credentials',
            }),
            { response: { headers: Object.fromEntries(response.headers) } },
          );
        }
      },
      signal,
    );
    entities.forEach(({ ref }) => report(ref, { payload: passed }));
  }

  it('takes a refused token for an outage of the whole source, and asks now and then until it is good', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    collector.onCollect = ask;
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await world.add(names);
    await runner.runOnce();
    await world.dirty();
    expect(await world.health()).toMatchObject({
      entities: 20,
      failed: 0,
      overdue: 0,
      running: 0,
      lastRun: '2026-03-01T12:00:00.000Z',
      durationMillis: expect.any(Number),
      next: '2026-03-01T13:00:00.000Z',
      error: null,
      outage: null,
    });

    answer(401);
    requests = 0;
    clock.advance('PT1H');
    await runner.runOnce();
    // Those that were under way when the first of them was refused.
    expect(requests).toBeLessThanOrEqual(4);
    expect(await world.outages()).toEqual([
      '*: forge.example refuses to answer: 401',
    ]);
    expect(await world.dirty()).toEqual(
      names.map(name => `${name}: collector`).sort(),
    );
    expect(await world.health()).toMatchObject({
      overdue: expect.any(Number),
      next: '2026-03-01T13:01:00.000Z',
      error: expect.stringMatching(
        /^component:default\/s\d+: No answer about .*: 401/,
      ),
      outage: { since: '2026-03-01T13:00:00.000Z', wholeSource: true },
    });

    requests = 0;
    clock.advance('PT1M');
    await runner.runOnce();
    expect(requests).toBe(1);
    clock.advance('PT1M');
    await runner.runOnce();
    expect(requests).toBe(1);

    answer(200);
    clock.advance('PT1M');
    await runner.runOnce();
    expect(requests).toBe(21);
    expect(await world.outages()).toEqual([]);
    expect(await world.dirty()).toEqual(
      names.map(name => `${name}: collector`).sort(),
    );
    expect(await world.health()).toMatchObject({
      failed: 0,
      overdue: 0,
      error: null,
      outage: null,
    });
  });

  it('knows by any answer that it is not refused any more', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    collector.onCollect = ask;
    await world.add(['wallet', 'ledger']);
    answer(401);
    await runner.runOnce();
    answer(503);
    clock.advance('PT1M');
    await runner.runOnce();
    expect(await world.outages()).toContain(
      '*: forge.example refuses to answer: 401',
    );
    answer(404);
    clock.advance('PT5M');
    await runner.runOnce();
    expect(await world.outages()).toEqual([
      'ledger: No answer about forge.example/acme/ledger: 404',
      'wallet: No answer about forge.example/acme/wallet: 404',
    ]);
  });

  it('takes nothing away from one owner because another one is refused, and all when all are', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    await world.add(['wallet', 'purse']);
    await world.apply([
      {
        ...aSnapshot('ledger'),
        source: {
          host: 'forge.example',
          owner: 'other',
          repository: 'ledger',
          branchAndPath: 'main/catalog-info.yaml',
        },
      },
    ]);
    collector.onCollect = ask;
    refusedOwner = 'other';
    await runner.runOnce();
    const refused = 'ledger: No answer about forge.example/other/ledger: 401';
    expect(await world.outages()).toEqual([refused]);
    expect(await world.facts('wallet')).toEqual([passed]);

    answer(401);
    clock.advance('PT1H');
    await runner.runOnce();
    expect(await world.outages()).toContain(
      '*: forge.example refuses to answer: 401',
    );

    answer(200);
    clock.advance('PT1H');
    await runner.runOnce();
    expect(await world.outages()).toEqual([refused]);
  });

  it('asks no more often because it is started again and again', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    collector.onCollect = ask;
    await world.add(Array.from({ length: 20 }, (_, index) => `s${index}`));
    answer(401);
    for (const pause of ['PT0S', 'PT1M', 'PT2M', 'PT4M']) {
      clock.advance(pause);
      await runner.runOnce();
    }
    const asked = requests;
    // The next one would be eight minutes later.
    for (let start = 0; start < 5; start += 1) {
      const again = world.createRunner();
      await again.start();
      await again.runOnce();
      await again.stop();
      clock.advance('PT10S');
    }
    expect(requests).toBe(asked);
    clock.advance('PT10S');
    await world.createRunner().runOnce();
    expect(requests).toBe(asked + 1);
  });

  it('takes nothing away from one host because another one refuses it', async () => {
    const world = createCollectors(knex);
    const { collector, runner } = world;
    await world.add(['wallet']);
    await world.apply([
      {
        ...aSnapshot('ledger'),
        source: {
          host: 'other.example',
          owner: 'acme',
          repository: 'ledger',
          branchAndPath: 'main/catalog-info.yaml',
        },
      },
    ]);
    const fine = collector.onCollect;
    answer(401);
    collector.onCollect = context =>
      (context.partition.host === 'other.example' ? ask : fine)(context);
    await runner.runOnce();
    expect(await world.outages()).toEqual([
      'ledger: No answer about other.example/acme/ledger: 401',
    ]);
    expect(await world.facts('wallet')).toEqual([passed]);
  });

  it('asks a host again when it wants to be asked, and takes that for no outage', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    collector.onCollect = ask;
    const names = Array.from({ length: 20 }, (_, index) => `s${index}`);
    await world.add(names);
    answer(429, { 'retry-after': '600' });
    await runner.runOnce();
    expect(requests).toBeLessThanOrEqual(4);
    // The others are not even tried.
    expect(collector.calls.length).toBeLessThanOrEqual(4);
    expect(await world.outages()).toEqual([]);
    expect(await world.health()).toMatchObject({
      failed: 0,
      error: expect.stringContaining('as often as it wants to'),
    });
    const asked = requests;
    clock.advance('PT9M');
    await runner.runOnce();
    expect(requests).toBe(asked);

    // The pause itself is measured by the monotonic clock: another process stands for ten minutes later.
    answer(200);
    clock.advance('PT1M');
    await world.createRunner({ hosts: undefined }).runOnce();
    expect(await world.health()).toMatchObject({ overdue: 0, error: null });
    expect(requests).toBe(asked + 20);
  });

  it('leaves a host that is down to retries, each entity for itself', async () => {
    const world = createCollectors(knex);
    const { collector, clock, runner } = world;
    collector.onCollect = ask;
    await world.add(['wallet', 'ledger']);
    answer(503);
    await runner.runOnce();
    expect(await world.outages()).toEqual([
      'ledger: No answer about forge.example/acme/ledger: 503',
      'wallet: No answer about forge.example/acme/wallet: 503',
    ]);
    answer(200);
    clock.advance('PT1M');
    await runner.runOnce();
    expect(await world.outages()).toEqual([]);
    expect(await world.facts('wallet')).toEqual([passed]);
  });
});
