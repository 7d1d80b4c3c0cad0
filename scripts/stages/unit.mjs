import { readFile } from 'node:fs/promises';
import { startPostgres } from '../lib/postgres.mjs';
import { freshResultFile } from '../lib/resultFile.mjs';
import { runShown } from '../lib/show.mjs';

const WITHOUT_POSTGRES =
  'PostgreSQL is not installed (Debian: apt-get install postgresql; macOS: brew install postgresql@15)';

/** Jest over every package, databases on SQLite and on a PostgreSQL server started for this run. */
export default async function unit(args) {
  const postgres = await startPostgres();
  const file = await freshResultFile('waymark-unit.json');
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
          ...(postgres && {
            BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
              postgres.connectionString,
          }),
        },
      },
    );
    const result = await readFile(file, 'utf8')
      .then(text => JSON.parse(text))
      .catch(() => ({ numPassedTests: 0, numFailedTests: 1 }));
    const databases = (await postgres?.databasesCreated()) ?? 0;
    const failed =
      result.numFailedTests + (result.numRuntimeErrorTestSuites ?? 0);
    return {
      passed: result.numPassedTests,
      failed:
        failed +
        (code !== 0 && failed === 0 ? 1 : 0) +
        // A selection of tests may well need no database; the whole run must.
        (postgres && databases === 0 && args.length === 0 ? 1 : 0) +
        (!postgres && process.env.CI ? 1 : 0),
      skipped: result.numPendingTests,
      note: postgres
        ? `${databases} databases made in PostgreSQL`
        : `on SQLite only: ${WITHOUT_POSTGRES}`,
    };
  } finally {
    await postgres?.stop();
  }
}
