import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { isCi } from '../lib/ci.mjs';
import { UserError } from '../lib/fail.mjs';
import { endGuarded } from '../lib/guardian.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { describe, table, underCi } from '../lib/outcome.mjs';
import { root } from '../lib/paths.mjs';
import { say } from '../lib/progress.mjs';
import { keepTemporaryFilesTogether } from '../lib/runFolder.mjs';
import { withSeconds } from '../lib/stageTable.mjs';

export const STAGES = [
  'types',
  'lint',
  'format',
  'config',
  'scripts',
  'unit',
  'templates',
  'browser',
  'restart',
  'image',
];

function parse(args) {
  const only = [];
  const rest = [];
  let record = false;
  for (let i = 0; i < args.length; i += 1) {
    const [option, value] = args[i].split('=', 2);
    if (option === '--only') {
      only.push(...(value ?? args[(i += 1)] ?? '').split(','));
    } else if (args[i] === '--record') record = true;
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
  return { stages: only.length > 0 ? only : STAGES, rest, record };
}

async function runStage(name, args) {
  say.line(`\n${say.bold(`▶ ${name}`)}`);
  const { default: stage } = await import(`../stages/${name}.mjs`);
  const started = performance.now();
  let outcome;
  try {
    outcome = await stage(args);
  } catch (error) {
    if (!(error instanceof UserError)) process.stderr.write(`${error.stack}\n`);
    outcome = { passed: 0, failed: 1, note: error.message };
  }
  const seconds = (performance.now() - started) / 1000;
  const row = {
    name,
    seconds,
    ...(isCi() ? underCi(outcome) : outcome),
  };
  const text = `${name}: ${describe(row)}`;
  if (row.failed) say.failure(text);
  else say.done(text, seconds);
  return row;
}

/** Puts the measured seconds into the documentation. */
async function recordSeconds(rows) {
  const file = join(root, 'docs/contributing.md');
  const prettier = createRequire(join(root, 'package.json'))('prettier');
  const page = withSeconds(
    await readFile(file, 'utf8'),
    Object.fromEntries(rows.map(row => [row.name, row.seconds])),
  );
  const options = await prettier.resolveConfig(file, { editorconfig: true });
  await writeFile(file, prettier.format(page, { ...options, filepath: file }));
}

/**
 * `npm test`: each stage with its count, its seconds and the command that
 * reruns it alone. What cannot run here is skipped with the command that
 * installs what it needs; under CI that is a failure. `--record` puts the
 * seconds into docs/contributing.md.
 */
export default async function test(args) {
  const { stages, rest, record } = parse(args);
  let interrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.once(signal, async () => {
      interrupted = true;
      say.line('\nstopping');
      await endGuarded();
      process.exit(130);
    });
  }
  await ensureInstalled();
  await keepTemporaryFilesTogether();
  try {
    const rows = [];
    for (const name of stages) {
      rows.push(await runStage(name, rest));
      if (interrupted) return 130;
    }
    say.line(`\n${table(rows)}`);
    if (rows.some(row => row.failed > 0)) return 1;
    if (record) await recordSeconds(rows);
    return 0;
  } finally {
    await endGuarded();
  }
}
