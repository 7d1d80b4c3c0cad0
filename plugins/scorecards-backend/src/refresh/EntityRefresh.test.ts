import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createWorld } from '../__testUtils__/createWorld';
import { EntityStore } from '../entities/EntityStore';
import { EntityRefresh } from './EntityRefresh';

jest.setTimeout(60_000);

const databases = testDatabases();
const API = 'component:default/api';
const WEB = 'component:default/web';

const waitFor = (promise: Promise<void>, millis: number) =>
  Promise.race([
    promise.then(() => 'done'),
    new Promise<string>(resolve => {
      setTimeout(() => resolve('waits'), millis);
    }),
  ]);

describe.each(databases.eachSupportedId())('evaluation now on %s', id => {
  async function create() {
    const world = await createWorld(databases, id);
    await world.see(aSnapshot('api'), aSnapshot('web'));
    await world.engine.runOnce();
    const collected: string[] = [];
    let isBroken = false;
    const refresh = EntityRefresh.create({
      ...world,
      runner: {
        collectNow: async refs => {
          collected.push(...refs);
          if (isBroken) throw new Error('No collector answers');
        },
      },
    });
    const [api, web] = await EntityStore.of(world.knex).byRefs([API, WEB]);
    return {
      ...world,
      collected,
      refresh,
      api,
      web,
      breakCollectors: (broken: boolean) => {
        isBroken = broken;
      },
    };
  }

  it('is under way once for each entity, however often it is asked for', async () => {
    const { refresh, api, web, engine, collected } = await create();
    const asked = [api, api, web, api].map(entity => refresh.evaluate(entity));
    expect(await waitFor(asked[0], 300)).toBe('waits');
    expect([...collected].sort()).toEqual([API, WEB]);
    asked.push(refresh.evaluate(api));
    await engine.runOnce();
    await Promise.all(asked);
    expect([...collected].sort()).toEqual([API, WEB]);

    const again = refresh.evaluate(api);
    expect(await waitFor(again, 300)).toBe('waits');
    await engine.runOnce();
    await again;
    expect([...collected].sort()).toEqual([API, API, WEB]);
  });

  it('fails for everybody who waits, and can be asked for again', async () => {
    const { refresh, api, engine, collected, breakCollectors } = await create();
    breakCollectors(true);
    const outcomes = await Promise.allSettled([
      refresh.evaluate(api),
      refresh.evaluate(api),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
    breakCollectors(false);
    const again = refresh.evaluate(api);
    expect(await waitFor(again, 300)).toBe('waits');
    await engine.runOnce();
    await again;
    expect(collected).toEqual([API, API]);
  });
});
