import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { CHANGES, HEAD, OWNERS, SNAPSHOTS } from './tables';

jest.setTimeout(60_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())('migrations on %s', id => {
  it('go up and down and leave nothing behind', async () => {
    const knex = await databases.init(id);
    const migrations = {
      directory: resolvePackagePath(
        '@waymark/catalog-backend-module-waymark',
        'migrations',
      ),
      tableName: 'waymark_knex_migrations',
    };
    const tables = [SNAPSHOTS, OWNERS, CHANGES, HEAD];
    const present = () =>
      Promise.all(tables.map(table => knex.schema.hasTable(table)));

    const index = 'waymark_snapshots_living_source';
    const indexed = async () => {
      const rows =
        id === 'SQLITE_3'
          ? await knex('sqlite_master').where({ type: 'index', name: index })
          : await knex('pg_indexes').where({ indexname: index });
      return rows.length === 1;
    };

    await knex.migrate.up(migrations);
    expect(await present()).toEqual([true, true, true, true]);
    expect(await knex(HEAD)).toHaveLength(1);
    expect(await indexed()).toBe(false);
    await knex.migrate.up(migrations);
    expect(await indexed()).toBe(true);

    await knex.migrate.down(migrations);
    expect(await indexed()).toBe(false);
    expect(await present()).toEqual([true, true, true, true]);
    await knex.migrate.down(migrations);
    expect(await present()).toEqual([false, false, false, false]);

    await knex.migrate.latest(migrations);
    expect(await present()).toEqual([true, true, true, true]);
    expect(await indexed()).toBe(true);
  });
});
