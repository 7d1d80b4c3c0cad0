import { markDirty } from '@waymark/scorecards-backend/engine';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { OpenEngine } from './openEngine';
import { RULES } from '../rules/workload';
import { FACT_SOURCE_ENTITIES, scorecardEntities, Size } from './population';
import { generated, observeAll } from './populate';

const RESOLUTION_MS = 2;

/** What a run over everything took. */
export interface FullRun {
  readonly seconds: number;
  /** Results that were written. */
  readonly rows: number;
  /** 99th percentile of how late this thread was, in ms. */
  readonly delayMs: number;
  /** Processor seconds of this process, and of its threads. */
  readonly cpuSeconds: number;
}

const secondsSince = (start: number) => (performance.now() - start) / 1_000;

async function fullRun({ engine, results }: OpenEngine): Promise<FullRun> {
  const before = await results.lastSeq();
  const cpu = process.cpuUsage();
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const start = performance.now();
  await engine.runOnce();
  const seconds = secondsSince(start);
  delay.disable();
  const { user, system } = process.cpuUsage(cpu);
  return {
    seconds,
    rows: (await results.lastSeq()) - before,
    delayMs: Math.max(0, delay.percentile(99) / 1e6 - RESOLUTION_MS),
    cpuSeconds: (user + system) / 1e6,
  };
}

/** Has entities evaluated, as if they were new. */
export async function mark(
  { knex, clock }: OpenEngine,
  entityIds: number[] | 'all',
): Promise<void> {
  await knex.transaction(tx =>
    markDirty(tx, { entityIds, cause: 'new' }, clock.now()),
  );
}

/** Evaluates one entity: the thread has started and has the definitions, as in any portal that has run for a moment. */
export async function warmUp(open: OpenEngine): Promise<void> {
  await mark(open, [1]);
  await open.engine.runOnce();
}

/** Everything is evaluated for the first time. */
export async function runCold(
  open: OpenEngine,
  { entities, checks }: Size,
): Promise<FullRun> {
  await mark(open, 'all');
  const run = await fullRun(open);
  const expected = ((entities - 1) * checks) / RULES.length;
  if (run.rows !== expected) {
    throw new Error(`${run.rows} results, not ${expected}`);
  }
  return run;
}

/** Everything is observed and evaluated again, and nothing has changed. */
export async function runUnchanged(open: OpenEngine, size: Size) {
  const changedFacts = await observeAll(open, generated(size));
  await mark(open, 'all');
  return { ...(await fullRun(open)), changedFacts };
}

/** One scorecard is eased, so that a tenth of the components passes one check more. */
export async function runEased(open: OpenEngine, size: Size): Promise<FullRun> {
  await open.adopt([
    ...FACT_SOURCE_ENTITIES,
    ...scorecardEntities(size, { isEased: true }),
  ]);
  return fullRun(open);
}

/** Folds everything into roll-ups, as happens meanwhile in a portal. */
export async function runFold({ folder }: OpenEngine): Promise<number> {
  const start = performance.now();
  let folded: number;
  do {
    folded = await folder.runOnce();
  } while (folded > 0);
  return secondsSince(start);
}

const MB = 2 ** 20;

/** What all tables and their indexes take, in MB. */
export async function storageOf({ knex }: OpenEngine): Promise<number> {
  if (knex.client.config.client === 'pg') {
    const { rows } = await knex.raw(
      'select pg_database_size(current_database()) as bytes',
    );
    return Number(rows[0].bytes) / MB;
  }
  const [{ page_count: pages }] = await knex.raw('pragma page_count');
  const [{ page_size: size }] = await knex.raw('pragma page_size');
  return (pages * size) / MB;
}
