import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { ConfigReader } from '@backstage/config';
import { JsonObject } from '@backstage/types';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { HistoryFile } from './HistoryFile';

jest.setTimeout(60_000);

const configOf = (database: JsonObject) =>
  new ConfigReader({ backend: { database } });
const directory = resolvePackagePath(
  '@waymark/scorecards-backend',
  'migrations',
);

describe('the file of a replayed history', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waymark-history-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const fileIn = (connection: JsonObject = { directory: folder }) =>
    HistoryFile.fromConfig(configOf({ client: 'better-sqlite3', connection }));
  const make = async (file: HistoryFile) => {
    const knex = await file.begin();
    await knex.migrate.latest({ directory });
    return knex;
  };

  it('takes the place of what was there only once it is whole', async () => {
    const file = fileIn();
    expect(await file.hasHistory()).toBe(false);
    await make(file);
    // As after a kill: nobody came to an end.
    expect(await readdir(folder)).toEqual(['demo-history']);
    expect(await fileIn().hasHistory()).toBe(false);

    const again = fileIn();
    const knex = await make(again);
    expect(await knex('results').first('seq')).toBeUndefined();
    for (const suffix of ['-wal', '-shm']) {
      await writeFile(join(folder, `scorecards.sqlite${suffix}`), 'old');
    }
    await again.complete();
    expect(await readdir(folder)).toEqual(['scorecards.sqlite']);
    expect(await fileIn().hasHistory()).toBe(false);

    const database = new DatabaseSync(join(folder, 'scorecards.sqlite'));
    database.exec('pragma foreign_keys = off');
    const columns = database
      .prepare("select name, type from pragma_table_info('results')")
      .all() as { name: string; type: string }[];
    database
      .prepare(
        `insert into results (${columns
          .map(({ name }) => `"${name}"`)
          .join()}) values (${columns.map(() => '1').join()})`,
      )
      .run();
    database.close();
    expect(await fileIn().hasHistory()).toBe(true);
  });

  it('leaves nothing behind when it is given up', async () => {
    const file = fileIn();
    await make(file);
    await file.abandon();
    expect(existsSync(join(folder, 'demo-history'))).toBe(false);
  });

  it.each([
    [{ client: 'pg', connection: { host: 'db.example' } }],
    [{ client: 'better-sqlite3', connection: ':memory:' }],
    [{ client: 'better-sqlite3', connection: { directory: 'relative' } }],
    [
      {
        client: 'better-sqlite3',
        connection: { directory: '/tmp' },
        plugin: { scorecards: { client: 'pg' } },
      },
    ],
  ])('is not written where the portal is configured with %j', database => {
    expect(() => HistoryFile.fromConfig(configOf(database))).toThrow(
      'only written to files on this machine',
    );
  });
});
