import { FactStore } from '@waymark/scorecards-backend/engine';
import type { OpenEngine } from './openEngine';
import { COLLECTOR, scorecardEntities, Size, someOf } from './population';

const SAMPLES = 100;
/** Between two pushes, so that each is measured alone. */
const PAUSE_MS = 20;
const POLL_MS = 1;
const GIVE_UP_MS = 30_000;

const pause = (millis: number) =>
  new Promise(resolve => setTimeout(resolve, millis));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

const refOf = (index: number) => `component:default/component-${index}`;

/** From a pushed fact to its result that can be read, in ms, one sample after the other; the engine runs. */
export async function runPushes(
  { knex, intake, entities, results, clock }: OpenEngine,
  size: Size,
): Promise<number[]> {
  const samples: number[] = [];
  for (const index of someOf(size, SAMPLES)) {
    const [{ id }] = await entities.byRefs([refOf(index)]);
    const known = await FactStore.of(knex).read([id]);
    const quality = known.find(({ source }) => source === 'quality')!.payload;
    // On the other side of what checks ask for, so that a result changes.
    const coverage = Number(quality.coverage) >= 50 ? 1 : 99;
    const payload = { ...quality, coverage };
    const before = await results.lastSeq();
    samples.push(
      await timed(async () => {
        const started = performance.now();
        await intake.write(
          [
            {
              entityRef: refOf(index),
              source: 'quality',
              payload,
              observedAt: clock.now(),
            },
          ],
          { kind: 'collector', id: COLLECTOR },
        );
        for (;;) {
          const found = await results.current([id]);
          if (found.some(({ seq }) => seq > before)) return;
          if (performance.now() - started > GIVE_UP_MS) {
            throw new Error(`No result of the fact of ${refOf(index)}`);
          }
          await pause(POLL_MS);
        }
      }),
    );
    await pause(PAUSE_MS);
  }
  return samples;
}

/** What pages read, by name, in ms, all samples of each. */
export async function runReads(
  { results, rollups, clock }: OpenEngine,
  size: Size,
): Promise<Record<string, number[]>> {
  const [{ metadata, spec }] = scorecardEntities(size);
  const shape = {
    levels: spec.levels.map(({ id }) => id),
    checks: spec.checks.map(({ id }) => id),
  };
  const query = { scorecard: metadata.name, shape };
  const some = someOf(size, SAMPLES).map(index => index + 1);
  const anHourAgo = new Date(clock.now().getTime() - 3_600_000);
  const reads: Record<string, (id: number) => Promise<unknown>> = {
    'scores of one entity': id => results.current([id]),
    'history of one entity': id => results.history(id, { limit: 50 }),
    'scores of 100 entities': () => results.current(some),
    'feed of changes': id => results.changes(id, 500),
    'roll-up over all': () => rollups.read({ ...query, dimension: 'all' }),
    'roll-up by owner': () => rollups.read({ ...query, dimension: 'owner' }),
    'roll-up by system': () => rollups.read({ ...query, dimension: 'system' }),
    'roll-up by owner an hour ago': () =>
      rollups.read({ ...query, dimension: 'owner', asOf: anHourAgo }),
    'roll-up by owner a moment ago': () =>
      rollups.read({ ...query, dimension: 'owner', asOf: clock.now() }),
  };
  const samples: Record<string, number[]> = {};
  for (const [name, read] of Object.entries(reads)) {
    samples[name] = [];
    for (const id of some) samples[name].push(await timed(() => read(id)));
  }
  return samples;
}
