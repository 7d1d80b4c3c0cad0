import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../lib/fail.mjs';
import { root } from '../lib/paths.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { freshResultFile } from '../lib/resultFile.mjs';
import { runShown } from '../lib/show.mjs';

/** Names of the tests that Jest passed over. */
const skippedTests = result =>
  (result.testResults ?? []).flatMap(file =>
    file.assertionResults
      .filter(test => ['pending', 'todo', 'skipped'].includes(test.status))
      .map(test => test.fullName),
  );

/** Jest over every package, databases on SQLite and on a PostgreSQL server started for this run. */
export default async function unit(args) {
  let withoutPostgres;
  const postgres = await startPostgres().catch(error => {
    if (!(error instanceof UserError)) throw error;
    withoutPostgres = `the database tests on PostgreSQL: ${error.message}`;
  });
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
        // Compiled tests outlive the temporary folder of one run.
        `--cacheDirectory=${join(root, 'node_modules/.cache/jest')}`,
        ...args,
      ],
      {
        env: {
          BACKSTAGE_TEST_DISABLE_DOCKER: '1',
          ...(postgres && {
            BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING:
              postgres.connectionString,
            WAYMARK_TEST_POSTGRES_REQUIRED: 'true',
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
        (postgres && databases === 0 && args.length === 0 ? 1 : 0),
      skipped: [
        ...skippedTests(result),
        ...(withoutPostgres ? [withoutPostgres] : []),
      ],
      note: postgres
        ? `${databases} databases made in PostgreSQL ${postgres.version}${
            postgres.fetched ? ' from npm' : ''
          }`
        : 'on SQLite only',
    };
  } finally {
    await postgres?.stop();
  }
}
