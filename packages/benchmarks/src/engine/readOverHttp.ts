import { setTimeout as pause } from 'node:timers/promises';
import type { Place } from './openEngine';
import { generated } from './populate';
import {
  FACT_SOURCE_ENTITIES,
  scorecardEntities,
  Size,
  someOf,
} from './population';
import { MOVERS, Reads, TREND } from './report';
import { RULES } from '../rules/workload';
import { read, Serving, startPlugin } from './serve';

const SAMPLES = 100;
/** Requests of each kind before the first that is measured: the plugin has been in use for a moment. */
const WARM = 50;

/** In ms: what a trend tells is what was said some time ago, and little of the last moments. */
const A_WHILE_AGO = 150_000;

const agoInSeconds = (seconds: number) =>
  new Date(Date.now() - seconds * 1_000).toISOString();

/** What pages ask for, by name. */
const PATHS: Record<string, (component: string) => string> = {
  'scores of one entity': component => `/entities/${component}/scores`,
  'history of one entity': component => `/entities/${component}/history`,
  'facts of one entity': component => `/entities/${component}/facts`,
  'proof of a check': component =>
    `/entities/${component}/checks/scorecard-0/check-3/proof`,
  scorecards: () => '/scorecards',
  'results of a scorecard': () => '/scorecards/scorecard-0/results?limit=100',
  'results that fail a check': () =>
    '/scorecards/scorecard-0/results?check=check-3&state=fail&limit=100',
  'results of a team': () =>
    '/scorecards/scorecard-0/results?owner=group:default/team-3&limit=100',
  'roll-up by owner': () => '/scorecards/scorecard-0/rollup?by=owner&limit=500',
  'roll-up by domain': () => '/scorecards/scorecard-0/rollup?by=domain',
  'roll-up by system': () =>
    '/scorecards/scorecard-0/rollup?by=system&limit=500',
  'roll-up by owner of a moment ago': () =>
    `/scorecards/scorecard-0/rollup?by=owner&limit=500&asOf=${agoInSeconds(5)}`,
  'results of a moment ago': () =>
    `/scorecards/scorecard-0/results?limit=100&asOf=${agoInSeconds(5)}`,
  exemptions: () => '/exemptions?limit=50',
  collectors: () => '/collectors',
};

/**
 * Reads what pages read, or what they read of the past, from the plugin over a database in which everything has been evaluated and eased.
 */
export async function readOverHttp(
  size: Size,
  options: { place: Place; port: number; isPast?: boolean },
): Promise<Reads> {
  const content = {
    populated: [...generated(size).portions()].flat(),
    definitions: [
      ...FACT_SOURCE_ENTITIES,
      ...scorecardEntities(size, { isEased: true }),
    ],
  };
  const serving = await startPlugin(content, options);
  const timesOf = async (
    pathOf: (component: string) => string,
    components: readonly number[],
  ) => {
    const taken: number[] = [];
    for (const index of components) {
      const path = pathOf(`component/default/component-${index}`);
      const start = performance.now();
      await read(serving, path);
      taken.push(performance.now() - start);
    }
    return taken;
  };
  const some = someOf(size, WARM + SAMPLES);
  const paths = options.isPast ? await pastPaths(serving, size) : PATHS;
  for (const pathOf of Object.values(paths)) {
    await timesOf(pathOf, some.slice(0, WARM));
  }
  const samples: Record<string, number[]> = {};
  for (const [name, pathOf] of Object.entries(paths)) {
    samples[name] = await timesOf(pathOf, some.slice(WARM));
  }
  await serving.stop();
  return samples;
}

/** Once everything was said a while ago. */
async function pastPaths(
  serving: Serving,
  { entities, checks }: Size,
): Promise<typeof PATHS> {
  const cold = (entities * checks) / RULES.length;
  const { items } = (await read(serving, `/changes?after=${cold}&limit=1`)) as {
    items: { at: string }[];
  };
  const eased = Date.parse(items[0].at);
  await pause(Math.max(0, eased + A_WHILE_AGO - Date.now()));
  const since = new Date(eased - 1).toISOString();
  return {
    [TREND]: () => '/scorecards/scorecard-0/trend',
    [MOVERS]: () => `/movers?scorecard=scorecard-0&since=${since}`,
  };
}
