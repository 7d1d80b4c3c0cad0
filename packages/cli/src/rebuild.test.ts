import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { stringify } from 'yaml';
import { runProgram } from './programs';

jest.setTimeout(120_000);

describe('yarn waymark rebuild', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waymark-rebuild-'));
    const config = {
      app: { baseUrl: 'http://localhost:7007' },
      backend: {
        baseUrl: 'http://localhost:7007',
        listen: { host: '127.0.0.1', port: 7007 },
        database: {
          client: 'better-sqlite3',
          connection: { directory: folder },
        },
      },
    };
    await writeFile(join(folder, 'app-config.yaml'), stringify(config));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = async (...args: string[]) => {
    const cwd = resolvePackagePath('@waymark/cli');
    const { code, stdout, stderr } = await runProgram(
      process.execPath,
      [
        ...[
          '--require',
          require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        ],
        ...['src/main.ts', 'rebuild', ...args],
        ...['--config', join(folder, 'app-config.yaml')],
      ],
      {
        cwd,
        env: { ...process.env, LOG_LEVEL: 'warn', NODE_ENV: 'development' },
      },
    );
    return { code, lines: stdout.trim().split('\n'), stderr };
  };

  it('compares, tells what differs, and puts it right', async () => {
    expect(await run()).toMatchObject({
      code: 0,
      lines: ['entities', 'results', 'rollups'].map(
        name => `${name}: 0 compared, all as they should be`,
      ),
    });
    const database = new DatabaseSync(join(folder, 'scorecards.sqlite'));
    database.exec(`
      insert into entities (id, ref, uid, deleted_at) values (1, 'component:default/a', 'a', 1);
      insert into entity_owners (entity_id, depth, group_ref) values (1, 0, 'group:default/b');
    `);
    database.close();
    const found = '  owners of the former entity 1';
    expect(await run('--check', 'entities')).toMatchObject({
      code: 1,
      lines: ['entities: 0 compared, 1 not what they should be', found],
    });
    expect(await run('entities', 'rollups')).toMatchObject({
      code: 0,
      lines: [
        'entities: 0 compared, 1 put right',
        found,
        'rollups: 0 compared, all as they should be',
      ],
    });
  });

  it('names the projections when there is none of a name', async () => {
    expect(await run('rollup')).toMatchObject({
      code: 1,
      stderr:
        'There is no projection "rollup": they are entities, results, rollups\n',
    });
  });
});
