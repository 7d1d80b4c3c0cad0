import { testDatabases } from '@waymark/waymark-node/testUtils';
import { migrated } from '../__testUtils__/migrated';
import {
  numberPlacements,
  Placed,
  PLACEMENT_KEYS,
  PLACEMENTS,
} from './placements';

jest.setTimeout(120_000);

const databases = testDatabases();

const SERVICE: Placed = {
  ownerPath: ['group:default/checkout', 'group:default/payments'],
  system: 'system:default/orders',
  domain: 'domain:default/retail',
  type: 'service',
};

describe.each(databases.eachSupportedId())('placements on %s', id => {
  it('have one number for all who stand at the same, and every roll-up that they are in', async () => {
    const knex = await migrated(databases, id);
    const number = (...placed: Placed[]) =>
      knex.transaction(tx => numberPlacements(tx, placed));
    const nowhere: Placed = { ownerPath: [] };
    const [first, second, third] = await number(SERVICE, nowhere, SERVICE);
    expect(third).toBe(first);
    expect(second).not.toBe(first);
    const [library, again] = await number(
      { ...SERVICE, type: 'library' },
      SERVICE,
    );
    expect(again).toBe(first);
    expect(new Set([first, second, library]).size).toBe(3);
    expect(await knex(PLACEMENTS).pluck('id')).toHaveLength(3);

    const keysOf = async (placement: number) =>
      (
        await knex(PLACEMENT_KEYS)
          .where({ placement_id: placement })
          .orderBy(['dimension', 'key'])
      ).map(({ dimension, key }) => `${dimension} ${key}`);
    expect(await keysOf(second)).toEqual(['all ']);
    expect(await keysOf(first)).toEqual([
      'all ',
      'domain domain:default/retail',
      'owner group:default/checkout',
      'owner group:default/payments',
      'system system:default/orders',
      'type service',
    ]);
  });

  it('take owner paths of any length, and a group that comes twice once', async () => {
    const knex = await migrated(databases, id);
    const ownerPath = Array.from(
      { length: 600 },
      (_, index) => `group:default/${index}-${'x'.repeat(200)}`,
    );
    await knex.transaction(tx =>
      numberPlacements(tx, [{ ownerPath: [...ownerPath, ownerPath[0]] }]),
    );
    expect(await knex(PLACEMENT_KEYS).pluck('key')).toHaveLength(601);
  });
});
