import { EntitySnapshot } from '@waymark/waymark-common';
import { setTimeout as wait } from 'node:timers/promises';
import { CatalogServices } from './catalogPlugin';
import { readPresent } from './readPresent';

jest.mock('node:timers/promises', () => ({ setTimeout: jest.fn() }));

const SECOND = 1_000;

/** A catalog that takes in one entity at each of these instants, in seconds. */
function catalogOf(instants: number[]) {
  let now = 0;
  jest.spyOn(performance, 'now').mockImplementation(() => now);
  jest.mocked(wait).mockImplementation(async millis => {
    now += millis ?? 0;
  });
  const services = {
    snapshots: {
      list: async () => ({
        items: instants
          .filter(at => at * SECOND <= now)
          .map(
            at =>
              ({
                sequence: at,
                source: { repository: 'ledger', repositoryId: '1' },
              } as EntitySnapshot),
          ),
      }),
    },
    catalog: { getEntities: async () => ({ items: [] }) },
    auth: { getOwnServiceCredentials: async () => ({}) },
  } as unknown as CatalogServices;
  return { services, seconds: () => now / SECOND };
}

describe('reading a catalog that is still taking in repositories', () => {
  afterEach(() => jest.restoreAllMocks());

  it('waits until nothing has changed for a while', async () => {
    const { services, seconds } = catalogOf([1, 2, 3]);
    const { snapshots } = await readPresent(services, ['ledger']);
    expect(snapshots).toHaveLength(3);
    expect(seconds()).toBe(3 + 8);
  });

  it('waits longer where it has paused long before', async () => {
    const { services, seconds } = catalogOf([1, 6, 18]);
    const { snapshots } = await readPresent(services, ['ledger']);
    expect(snapshots).toHaveLength(3);
    expect(seconds()).toBe(18 + 3 * 12);
  });

  it('says what is missing in the end', async () => {
    const { services } = catalogOf([1]);
    await expect(readPresent(services, ['ledger', 'cards'])).rejects.toThrow(
      'has not taken in cards',
    );
  });
});
