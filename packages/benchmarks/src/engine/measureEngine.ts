import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FigureId, Samples } from '../figures';
import { launcher, repositoryRoot } from '../portal/launcher';
import { median, percentile95 } from '../statistics';
import type { Place } from './openEngine';
import type { Size } from './population';
import { EngineReport, MOVERS, Reads, Task, TREND } from './report';

const FILES: Record<Task['what'], string> = {
  populate: 'engineProcess.ts',
  measure: 'engineProcess.ts',
  read: 'readProcess.ts',
  past: 'readProcess.ts',
  lab: 'labProcess.ts',
};
const fileOf = ({ what }: Task) =>
  join(repositoryRoot, 'packages/benchmarks/src/engine', FILES[what]);
/** A large firm. */
export const SMALL: Size = { entities: 10_000, checks: 20 };
const LARGE: Size = { entities: 100_000, checks: 100 };
const ENTITY_SCORES = 'scores of one entity';

/** A report, and what pages read over HTTP. */
type Measured = EngineReport & { readonly http: Reads };

/** Each task runs in a process of its own, whose memory is that of the task. */
export function run(task: Task): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = fork(fileOf(task), [JSON.stringify(task)]);
    let result: unknown;
    // The loader of TypeScript sends messages of its own.
    child.on('message', (message: { result?: unknown }) => {
      result = message.result ?? result;
    });
    child.on('error', reject);
    child.on('exit', code =>
      code === 0
        ? resolve(result)
        : reject(new Error(`A process of the engine ended with ${code}`)),
    );
  });
}

async function measure(place: Place, size: Size): Promise<Measured> {
  const { freePort } = await launcher('freePort');
  await run({ what: 'populate', place, size });
  const report = await run({ what: 'measure', place, size });
  const port = await freePort();
  const http = await run({ what: 'read', place, size, port });
  return { ...(report as EngineReport), http: http as Reads };
}

/** On a PostgreSQL server of its own that keeps what it has said, as in production. */
export async function onPostgres<T>(
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const { startPostgres } = await launcher('postgres');
  const server = await startPostgres({ durable: true });
  try {
    const connection = `${server.connectionString}/postgres`;
    return await work({ client: 'pg', connection });
  } finally {
    await server.stop();
  }
}

async function onSqlite(size: Size): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-engine-'));
  try {
    return await measure({ client: 'better-sqlite3', folder }, size);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function tell(what: string, report: Measured, samples: Samples): void {
  const { cold, eased, unchanged } = report;
  const seconds = (value: number) => `${value.toFixed(2)} s`;
  const times = (taken: readonly number[]) =>
    `${median(taken).toFixed(1)} ms, p95 ${percentile95(taken).toFixed(1)} ms`;
  for (const line of [
    `cold ${seconds(cold.seconds)}, processor ${seconds(cold.cpuSeconds)}, ${
      cold.rows
    } rows, ${report.coldMemory.toFixed(
      0,
    )} MB, event loop p99 ${cold.delayMs.toFixed(0)} ms`,
    `roll-ups folded ${seconds(report.foldSeconds)}`,
    `storage ${report.storage.toFixed(0)} MB`,
    `one definition changed ${seconds(eased.seconds)}, ${eased.rows} rows`,
    `unchanged ${seconds(unchanged.seconds)}, ${
      unchanged.rows
    } rows of results, ${unchanged.changedFacts} of facts`,
    `pushed fact to result ${times(report.pushes)}`,
    ...Object.entries(report.reads).map(
      ([name, taken]) => `${name} ${times(taken)}`,
    ),
    ...Object.entries(report.http).map(
      ([name, taken]) => `${name} over HTTP ${times(taken)}`,
    ),
  ]) {
    samples.remark(`${what}: ${line}`);
  }
}

const figuresOfSmall = (report: Measured) =>
  ({
    engineCold: report.cold.seconds,
    engineMemory: report.coldMemory,
    enginePush: percentile95(report.pushes),
  } satisfies Partial<Record<FigureId, number>>);

function figuresOfLarge(report: Measured) {
  return {
    largeEngineCold: report.cold.seconds,
    largeEngineMemory: report.coldMemory,
    largeEngineRows: report.cold.rows,
    largeEngineStorage: report.storage,
    largeEngineDelay: report.cold.delayMs,
    largeEngineUnchanged: report.unchanged.rows + report.unchanged.changedFacts,
    largeEnginePush: percentile95(report.pushes),
    largeEngineScores: percentile95(report.http[ENTITY_SCORES]),
    largeEngineReads: Math.max(...Object.values(report.http).map(percentile95)),
  } satisfies Partial<Record<FigureId, number>>;
}

/** The engine of facts, rules and results over stores that are filled directly, without a catalog. */
export async function measureEngine(
  rounds: number,
  samples: Samples,
): Promise<void> {
  const add = (figures: Partial<Record<FigureId, number>>) =>
    Object.entries(figures).forEach(([id, value]) =>
      samples.add(id as FigureId, value),
    );
  for (let round = 0; round < rounds; round += 1) {
    const small = await onPostgres(place => measure(place, SMALL));
    tell('10,000 × 20 on PostgreSQL', small, samples);
    add(figuresOfSmall(small));
    tell('10,000 × 20 on SQLite', await onSqlite(SMALL), samples);
    const large = await onPostgres(place => measure(place, LARGE));
    tell('100,000 × 100 on PostgreSQL', large, samples);
    add(figuresOfLarge(large));
  }
}

/** What pages read of the past, once everything was said a while ago. */
export async function measurePast(
  rounds: number,
  samples: Samples,
): Promise<void> {
  const { freePort } = await launcher('freePort');
  for (let round = 0; round < rounds; round += 1) {
    const past = await onPostgres(async place => {
      const task = { place, size: LARGE };
      await run({ ...task, what: 'populate' });
      await run({ ...task, what: 'measure' });
      const read = await run({ ...task, what: 'past', port: await freePort() });
      return read as Reads;
    });
    samples.add('largeEngineTrend', percentile95(past[TREND]));
    samples.add('largeEngineMovers', percentile95(past[MOVERS]));
  }
}
