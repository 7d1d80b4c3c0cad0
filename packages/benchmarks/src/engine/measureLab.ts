import type { Samples } from '../figures';
import { launcher } from '../portal/launcher';
import { median, percentile95 } from '../statistics';
import { onPostgres, run, SMALL } from './measureEngine';
import type { LabReport, Timed } from './report';

const msOf = (taken: readonly Timed[]) => taken.map(({ ms }) => ms);

function tell(what: string, taken: readonly Timed[], samples: Samples): void {
  const cpu = median(taken.map(({ cpuMs }) => cpuMs));
  const ms = msOf(taken);
  samples.remark(
    `${what}: ${median(ms).toFixed(0)} ms, p95 ${percentile95(ms).toFixed(
      0,
    )} ms, processor ${cpu.toFixed(0)} ms, ${ms.length} samples`,
  );
}

/** A scorecard that is edited over a catalog of 10,000 components, over HTTP. */
export async function measureLab(
  rounds: number,
  samples: Samples,
): Promise<void> {
  const { freePort } = await launcher('freePort');
  for (let round = 0; round < rounds; round += 1) {
    const report = await onPostgres(async place => {
      const port = await freePort();
      const task = { what: 'lab', place, size: SMALL, port } as const;
      return (await run(task)) as LabReport;
    });
    const { simulations, first, next } = report;
    tell('whole simulation', simulations, samples);
    tell('first answer of the lab', [first], samples);
    tell('next answer of the lab', next, samples);
    samples.add('simulate', median(msOf(simulations)));
    samples.add('labFirst', first.ms);
    samples.add('labNext', median(msOf(next)));
  }
}
