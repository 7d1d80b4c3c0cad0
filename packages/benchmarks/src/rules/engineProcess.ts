import { createHash } from 'node:crypto';
import { ENGINES, Run } from './engines';
import { RULES, subjects } from './workload';

const SEED = 20_261_122;
/** Enough subjects that no engine lives on one that it has just seen; fewer would be kinder to caches. */
const SUBJECTS = 1_000;
/** How long an engine is measured each time. */
const MEASURED_MS = 1_000;

/** What the process of an engine answers to every message. */
export interface EngineReport {
  /** Evaluations of one rule over one subject in a second. */
  readonly rate: number;
  /** Hash of everything that was decided. */
  readonly decided: string;
}

/**
 * Repeats a run for a while; gives evaluations per second of this thread's own time, so that what else the machine does
 * does not count.
 */
async function measure(run: Run): Promise<EngineReport> {
  const started = process.threadCpuUsage();
  let evaluations = 0;
  let elapsedMs = 0;
  let decided = new Uint8Array();
  while (elapsedMs < MEASURED_MS) {
    decided = await run();
    evaluations += decided.length;
    const { user, system } = process.threadCpuUsage(started);
    elapsedMs = (user + system) / 1_000;
  }
  return {
    rate: (evaluations * 1_000) / elapsedMs,
    decided: createHash('sha256').update(decided).digest('hex'),
  };
}

const name = process.argv[2];
const engine = ENGINES.find(each => each.name === name);
if (!engine || !process.send) {
  throw new Error('Started by the suite of rules, with the name of an engine');
}
const run = engine.prepare(RULES, subjects(SUBJECTS, SEED));
process.on('message', async () => {
  process.send!(await measure(run));
});
