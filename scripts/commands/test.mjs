import { ensureInstalled } from '../lib/install.mjs';
import { UserError } from '../lib/fail.mjs';
import { say } from '../lib/progress.mjs';

const STAGES = [
  'types',
  'lint',
  'format',
  'config',
  'scripts',
  'unit',
  'browser',
  'restart',
];

function parse(args) {
  const only = [];
  const rest = [];
  for (let i = 0; i < args.length; i += 1) {
    if (args[i] === '--only') only.push(...(args[(i += 1)] ?? '').split(','));
    else rest.push(args[i]);
  }
  const unknown = only.filter(name => !STAGES.includes(name));
  if (unknown.length > 0) {
    throw new UserError(
      `There is no test stage "${unknown[0]}": the stages are ${STAGES.join(
        ', ',
      )}.`,
    );
  }
  return { stages: only.length > 0 ? only : STAGES, rest };
}

/**
 * `npm test`: each stage with its count, its seconds and the command that
 * reruns it alone. A stage whose tool is missing is skipped with the command
 * that installs it; under CI that is a failure.
 */
export default async function test(args) {
  const { stages, rest } = parse(args);
  await ensureInstalled();
  const rows = [];
  for (const name of stages) {
    say.line(`\n${say.bold(`▶ ${name}`)}`);
    const { default: stage } = await import(`../stages/${name}.mjs`);
    const started = performance.now();
    let outcome;
    try {
      outcome = await stage(rest);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      outcome = { passed: 0, failed: 1, note: error.message };
    }
    const seconds = (performance.now() - started) / 1000;
    if (outcome.missing && process.env.CI) {
      outcome = {
        passed: 0,
        failed: 1,
        note: `${outcome.missing} (required under CI)`,
      };
    }
    rows.push({ name, seconds, ...outcome });
    report(rows.at(-1));
  }
  return summarise(rows);
}

function describe(row) {
  if (row.missing) return `skipped: ${row.missing}`;
  const skipped = row.skipped ? `, ${row.skipped} skipped` : '';
  return `${row.passed} ${row.unit ?? 'passed'}${
    row.failed ? `, ${row.failed} failed` : ''
  }${skipped}${row.note ? ` — ${row.note}` : ''}`;
}

function report(row) {
  const text = `${row.name}: ${describe(row)}`;
  if (row.failed) say.failure(text);
  else say.done(text, row.seconds);
}

function summarise(rows) {
  say.line(`\n${say.bold('stage      seconds  result')}`);
  for (const row of rows) {
    say.line(
      `${row.name.padEnd(10)} ${row.seconds.toFixed(0).padStart(7)}  ${
        describe(row).split('\n')[0]
      }${say.dim(`   npm test -- --only ${row.name}`)}`,
    );
  }
  const sum = key => rows.reduce((total, row) => total + (row[key] ?? 0), 0);
  const failed = sum('failed');
  const skipped = sum('skipped') + rows.filter(row => row.missing).length;
  say.line('');
  say.line(
    `${sum('passed')} passed, ${failed} failed${
      skipped ? `, ${skipped} skipped` : ''
    }`,
  );
  return failed > 0 ? 1 : 0;
}
