import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { readdirSync } from 'node:fs';

jest.setTimeout(60_000);

const directory = resolvePackagePath(
  '@waymark/scorecards-backend',
  'migrations',
);
const files = readdirSync(directory).sort();
const databases = testDatabases();

/** Every table with its columns, and every index. */
async function schemaOf(knex: Knex): Promise<string[]> {
  const rows: Record<string, unknown>[] =
    knex.client.config.client === 'pg'
      ? [
          ...(await knex('information_schema.columns')
            .where({ table_schema: knex.raw('current_schema()') })
            .select('table_name', 'column_name', 'data_type', 'is_nullable')),
          ...(await knex('pg_indexes')
            .where({ schemaname: knex.raw('current_schema()') })
            .select('indexdef')),
        ]
      : await knex('sqlite_master')
          .whereNot('name', 'like', 'sqlite_%')
          .select('type', 'name', 'sql');
  return rows
    .map(row => JSON.stringify(row))
    .filter(text => !text.includes('knex_migrations'))
    .sort();
}

describe.each(databases.eachSupportedId())('the migrations on %s', id => {
  it('change something each, and leave nothing behind on their way down', async () => {
    const knex = await databases.init(id);
    const schemas = [await schemaOf(knex)];
    for (const _ of files) {
      await knex.migrate.up({ directory });
      schemas.push(await schemaOf(knex));
    }
    expect(schemas[0]).toEqual([]);
    expect(new Set(schemas.map(String)).size).toBe(files.length + 1);

    for (const [index, file] of [...files.entries()].reverse()) {
      await knex.migrate.down({ directory });
      expect([file, await schemaOf(knex)]).toEqual([file, schemas[index]]);
    }
    await knex.migrate.latest({ directory });
    expect(await schemaOf(knex)).toEqual(schemas[files.length]);
  });
});
