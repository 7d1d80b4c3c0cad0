/**
 * What a test stage reports.
 *
 * @typedef {object} Outcome
 * @property {number} passed
 * @property {number} failed
 * @property {string[]} [skipped] each with its reason and what to install
 * @property {string} [missing] why the whole stage was skipped, and what to install
 * @property {string} [unit] what was counted when it is not tests
 * @property {string} [note]
 */

const TESTS = 'tests';

/** Everything that was passed over, a line each. */
export const skippedIn = row =>
  row.missing ? [row.missing] : row.skipped ?? [];

/** Under CI everything must run: what was passed over counts as failed. */
export function underCi(outcome) {
  const passedOver = skippedIn(outcome);
  if (passedOver.length === 0) return outcome;
  return {
    ...outcome,
    missing: undefined,
    passed: outcome.passed ?? 0,
    failed: (outcome.failed ?? 0) + passedOver.length,
    skipped: passedOver,
    note: `${
      outcome.note ? `${outcome.note}; ` : ''
    }what is skipped fails under CI`,
  };
}

/** One line about one stage. */
export function describe(row) {
  if (row.missing) return `skipped: ${row.missing}`;
  const skipped = row.skipped?.length ? `, ${row.skipped.length} skipped` : '';
  return `${row.passed} ${row.unit ?? TESTS}${
    row.failed ? `, ${row.failed} failed` : ''
  }${skipped}${row.note ? ` — ${row.note}` : ''}`;
}

/** Seconds and result of each stage, what was skipped, and how many tests there were; files that were checked are no tests. */
export function table(rows) {
  const sum = key =>
    rows
      .filter(row => !row.unit)
      .reduce((total, row) => total + (row[key] ?? 0), 0);
  const broken = rows.filter(row => row.failed > 0).map(row => row.name);
  const seconds = rows.reduce((total, row) => total + row.seconds, 0);
  const line = (name, value, text) =>
    `${name.padEnd(10)} ${String(value).padStart(7)}  ${text}`;
  const skipped = rows.flatMap(row =>
    skippedIn(row).map(text => `  ${row.name}: ${text}`),
  );
  return [
    line('stage', 'seconds', 'result'),
    ...rows.map(row =>
      line(
        row.name,
        row.seconds.toFixed(0),
        `${describe(row).split('\n')[0]}   npm test -- --only ${row.name}`,
      ),
    ),
    line('together', seconds.toFixed(0), ''),
    ...(skipped.length > 0 ? ['', 'Skipped:', ...skipped] : []),
    '',
    `${sum('passed')} tests passed, ${sum('failed')} failed${
      broken.length > 0 ? `; broken: ${broken.join(', ')}` : ''
    }`,
  ].join('\n');
}
