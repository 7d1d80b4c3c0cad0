import { readFile } from 'node:fs/promises';
import { UserError } from '../lib/fail.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { freshResultFile } from '../lib/resultFile.mjs';
import { runTemplates } from '../lib/templatesCheck.mjs';

/** One service of each language brings its own tests; `yarn waymark templates check` runs those of all. */
const TESTED = 'go-postgresql,node-postgresql';

/** What the templates generate, from recorded answers, against what was recorded and before every judge. */
export default async function templates(args) {
  let withoutPostgres;
  const postgres = await startPostgres().catch(error => {
    if (!(error instanceof UserError)) throw error;
    withoutPostgres = `generated tests on PostgreSQL: ${error.message}`;
  });
  const file = await freshResultFile('waymark-templates.json');
  try {
    const { code, skipped } = await runTemplates(
      ['check', '--tests-of', TESTED, '--result-file', file, ...args],
      postgres && { DATABASE_URL: postgres.connectionString },
    );
    const result = await readFile(file, 'utf8')
      .then(text => JSON.parse(text))
      .catch(() => ({ passed: 0, failed: 1, skipped: [] }));
    return {
      passed: result.passed,
      failed: result.failed || (code !== 0 && skipped.length === 0 ? 1 : 0),
      skipped: [
        // Why a tool is missing says more than which check it would have done.
        ...(skipped.length > 0 ? skipped : result.skipped),
        ...(withoutPostgres ? [withoutPostgres] : []),
      ],
      unit: 'checks',
    };
  } finally {
    await postgres?.stop();
  }
}
