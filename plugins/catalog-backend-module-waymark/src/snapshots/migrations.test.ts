import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { testDatabases } from '../__testUtils__/databases';
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

    await knex.migrate.up(migrations);
    expect(await present()).toEqual([true, true, true, true]);
    expect(await knex(HEAD)).toHaveLength(1);

    await knex.migrate.down(migrations);
    expect(await present()).toEqual([false, false, false, false]);

    await knex.migrate.up(migrations);
    expect(await present()).toEqual([true, true, true, true]);
  });
});
