import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../lib/paths.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { runShown } from '../lib/show.mjs';

/** Jest over every package, databases on SQLite and on a PostgreSQL server started for this run. */
export default async function unit(args) {
  const postgres = await startPostgres();
  if (!postgres) {
    return {
      missing:
        'PostgreSQL is not installed (Debian: apt-get install postgresql; macOS: brew install postgresql@15), and half of the database tests need it',
    };
  }
  const file = join(root, 'node_modules/.cache/waymark-unit.json');
  await rm(file, { force: true });
  try {
    const { code } = await runShown(
      [
        'backstage-cli',
        'repo',
        'test',
        '--watchAll=false',
        '--maxWorkers=2',
        '--json',
        `--outputFile=${file}`,
        ...args,
      ],
      {
        env: {
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
            postgres.connectionString,
          WAYMARK_TEST_REQUIRE_POSTGRES: '1',
        },
      },
    );
    const result = await readFile(file, 'utf8')
      .then(text => JSON.parse(text))
      .catch(() => ({ numPassedTests: 0, numFailedTests: 1 }));
    const databases = await postgres.databasesCreated();
    const failed =
      result.numFailedTests + (result.numRuntimeErrorTestSuites ?? 0);
    return {
      passed: result.numPassedTests,
      failed:
        failed +
        (code !== 0 && failed === 0 ? 1 : 0) +
        // A selection of tests may well need no database; the whole run must.
        (databases === 0 && args.length === 0 ? 1 : 0),
      skipped: result.numPendingTests,
      note: `${databases} databases made in PostgreSQL`,
    };
  } finally {
    await postgres.stop();
  }
}
