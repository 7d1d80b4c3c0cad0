import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { DIRTY, DirtyMark, markDirty } from './dirty';

jest.setTimeout(120_000);

const MIGRATIONS = {
  directory: resolvePackagePath('@waymark/scorecards-backend', 'migrations'),
};
const NOW = new Date('2026-03-01T12:00:00Z');

const databases = testDatabases();

describe.each(databases.eachSupportedId())('dirty entities on %s', id => {
  async function create() {
    const knex = await databases.init(id);
    await knex.migrate.latest(MIGRATIONS);
    const mark = (some: DirtyMark) =>
      knex.transaction(tx => markDirty(tx, some, NOW));
    const rows = async () =>
      (await knex(DIRTY).orderBy('entity_id')).map(row => ({
        entityId: row.entity_id,
        generation: row.generation,
        cause: row.cause,
        detail: row.detail,
      }));
    return { knex, mark, rows };
  }

  it('keep the most telling cause, and count the marks', async () => {
    const { knex, mark, rows } = await create();
    await mark({
      entityIds: [2, 1, 2],
      cause: 'definition',
      detail: 'quality',
    });
    await knex(DIRTY).update({ lease_token: 'somebody', lease_until: 1 });
    await mark({ entityIds: [1], cause: 'fact', detail: 'git' });
    await mark({ entityIds: [1], cause: 'entity' });
    await mark({ entityIds: [], cause: 'fact' });
    expect(await rows()).toEqual([
      { entityId: 1, generation: 3, cause: 'fact', detail: 'git' },
      { entityId: 2, generation: 1, cause: 'definition', detail: 'quality' },
    ]);
    expect(
      await knex(DIRTY).whereNotNull('lease_token').pluck('entity_id'),
    ).toEqual([2]);
  });

  it('take more entities than a statement has parameters', async () => {
    const { knex, mark } = await create();
    const entityIds = Array.from({ length: 70_000 }, (_, index) => index + 1);
    await mark({ entityIds, cause: 'new' });
    await mark({ entityIds, cause: 'new' });
    const [{ n }] = await knex(DIRTY)
      .where({ generation: 2 })
      .count({ n: '*' });
    expect(Number(n)).toBe(70_000);
  });
});
