import {
  measureFreshClone,
  measureRunningPortal,
} from './portal/measurePortal';
import { summarise, type Figure } from './statistics';

const SUITES: Record<string, (samples: number) => Promise<Figure[]>> = {
  portal: measureRunningPortal,
  'fresh-clone': measureFreshClone,
};

async function main() {
  const [suite, samples = '3'] = process.argv.slice(2);
  const measure = SUITES[suite];
  if (!measure || !/^[1-9]\d*$/.test(samples)) {
    throw new Error(
      `Usage: yarn workspace @waymark/benchmarks bench <${Object.keys(
        SUITES,
      ).join('|')}> [samples]`,
    );
  }
  const figures = await measure(Number(samples));
  process.stdout.write(`${summarise(figures)}\n`);
}

main().catch(error => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
