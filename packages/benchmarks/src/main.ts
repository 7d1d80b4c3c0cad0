import { measureEngine, measurePast } from './engine/measureEngine';
import { measureLab } from './engine/measureLab';
import { serveWorkload, writeWorkload } from './engine/serveProcess';
import { describeCommit, describeMachine } from './measurement';
import { FIGURES, isKept, promiseOf, Samples, type FigureId } from './figures';
import { launcher, repositoryRoot } from './portal/launcher';
import { measurePages } from './pages/measurePages';
import { measureFreshClone } from './portal/measureFreshClone';
import { measureRunningPortal } from './portal/measurePortal';
import { figuresTable } from './readme';
import { keep, publish } from './results';
import { measureRules } from './rules/measureRules';
import { median } from './statistics';

const SUITES: Record<
  string,
  (rounds: number, samples: Samples) => Promise<void>
> = {
  portal: measureRunningPortal,
  'fresh-clone': measureFreshClone,
  rules: measureRules,
  engine: measureEngine,
  past: measurePast,
  lab: measureLab,
  pages: measurePages,
};
const BENCH = 'yarn workspace @waymark/benchmarks bench';
const USAGE = `Usage: ${BENCH} <${Object.keys(SUITES).join(
  '|',
)}> [rounds] [--dry-run]
       ${BENCH} publish
       ${BENCH} workload <file> <entities> <checks>
       ${BENCH} serve <file> [pg|sqlite]`;

const print = (text: string) => process.stdout.write(`${text}\n`);

async function onWorkload(
  what: 'workload' | 'serve',
  [file, ...rest]: string[],
) {
  if (!file) throw new Error(USAGE);
  if (what === 'workload') {
    await writeWorkload(file, Number(rest[0]), Number(rest[1]));
    return;
  }
  const { keepTemporaryFilesTogether } = await launcher('runFolder');
  const { endGuarded } = await launcher('guardian');
  await keepTemporaryFilesTogether();
  try {
    await serveWorkload(file, rest[0] ?? 'pg', print);
  } finally {
    await endGuarded();
  }
  // Databases keep themselves awake.
  process.exit();
}

async function main() {
  const args = process.argv.slice(2);
  const dryRun = args.includes('--dry-run');
  const [suite, rounds = '3'] = args.filter(arg => arg !== '--dry-run');
  if (suite === 'publish') {
    await publish();
    return;
  }
  if (suite === 'workload' || suite === 'serve') {
    await onWorkload(suite, args.slice(1));
    return;
  }
  const measure = Object.hasOwn(SUITES, suite) ? SUITES[suite] : undefined;
  if (!measure || !/^[1-9]\d*$/.test(rounds)) throw new Error(USAGE);

  const measured = {
    suite,
    day: new Date().toISOString().slice(0, 10),
    commit: describeCommit(repositoryRoot),
    machine: describeMachine(),
  };
  print(`${measured.machine}\ncommit ${measured.commit}`);
  const { keepTemporaryFilesTogether } = await launcher('runFolder');
  const { endGuarded } = await launcher('guardian');
  await keepTemporaryFilesTogether();
  const samples = Samples.create(print);
  try {
    await measure(Number(rounds), samples);
  } finally {
    await endGuarded();
  }
  const measurement = { ...measured, samples: samples.all() };
  print(`\n${figuresTable([measurement])}`);
  for (const [key, taken] of Object.entries(measurement.samples)) {
    const id = key as FigureId;
    if (!isKept(id, median(taken))) {
      process.stderr.write(`${FIGURES[id].name} must be ${promiseOf(id)}\n`);
      process.exitCode = 1;
    }
  }
  if (!dryRun) await keep(measurement);
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
