import { testDatabases } from '@waymark/waymark-node/testUtils';
import fc from 'fast-check';
import { Knex } from 'knex';
import { migrated } from '../__testUtils__/migrated';
import { ModelledPortal } from './__testUtils__/ModelledPortal';
import { definitions, NAMES, step } from './__testUtils__/steps';
import { INTERVALS } from '../entities/tables';
import { DIRTY } from './dirty';
import { ResultReader, StoredResult } from './ResultReader';
import { RESULTS } from './tables';

jest.setTimeout(600_000);

const databases = testDatabases();

/** Every row of a feed with the one that it says it follows, and the one that it must follow. */
function successions(feed: readonly StoredResult[]) {
  const living = new Map<string, StoredResult>();
  return feed.map(row => {
    const key = `${row.entityId} ${row.scorecard}`;
    const before = living.get(key);
    if (row.results === undefined) living.delete(key);
    else living.set(key, row);
    return { row, before };
  });
}

/** Results that are rolled up elsewhere than where their entities stand. */
const misplaced = (knex: Knex) =>
  knex({ result: RESULTS })
    .join({ entity: INTERVALS }, 'entity.entity_id', 'result.entity_id')
    .whereNull('result.valid_to')
    .whereNull('entity.valid_to')
    .whereRaw('result.placement_id <> entity.placement_id')
    .select('result.seq');

describe.each(databases.eachSupportedId())('results on %s', id => {
  it('are those of a naive model, whatever is defined, said and lost, at any time', async () => {
    await fc.assert(
      fc.asyncProperty(
        definitions,
        fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }),
        async (first, steps) => {
          const portal = ModelledPortal.on(await migrated(databases, id));
          try {
            await portal.define(first);
            for (const name of NAMES) {
              await portal.do({
                ...{ do: 'describe', name, type: 'service', team: 'checkout' },
              });
            }
            for (const some of steps) await portal.do(some);
            await portal.run(1);

            for (const { stored, expected } of portal.comparisons) {
              expect(stored).toEqual(expected);
            }
            for (const [instant, expected] of portal.said) {
              const at = new Date(instant);
              expect([at, await portal.stored(at)]).toEqual([at, expected]);
            }
            expect(await portal.knex(DIRTY)).toEqual([]);
            expect(await misplaced(portal.knex)).toEqual([]);
            const feed = await ResultReader.of(portal.knex).changes(0, 10_000);
            expect(feed.map(({ seq }) => seq)).toEqual(
              feed.map((_, index) => index + 1),
            );
            for (const { row, before } of successions(feed)) {
              expect(row.previous).toBe(before?.seq);
              expect(before?.validTo ?? row.validFrom).toEqual(row.validFrom);
            }
          } finally {
            await portal.knex.destroy();
          }
        },
      ),
      { numRuns: id === 'SQLITE_3' ? 20 : 10 },
    );
  });
});
