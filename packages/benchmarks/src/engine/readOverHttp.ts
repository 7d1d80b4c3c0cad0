import type { Place } from './openEngine';
import { generated } from './populate';
import {
  FACT_SOURCE_ENTITIES,
  scorecardEntities,
  Size,
  someOf,
} from './population';
import type { Reads } from './report';
import { read, startPlugin } from './serve';

const SAMPLES = 100;
/** Requests of each kind before the first that is measured: the plugin has been in use for a moment. */
const WARM = 50;

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
};

/** Reads what pages read, from the plugin over a database in which everything has been evaluated and eased. */
export async function readOverHttp(
  size: Size,
  options: { place: Place; port: number },
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
  for (const pathOf of Object.values(PATHS)) {
    await timesOf(pathOf, some.slice(0, WARM));
  }
  const samples: Record<string, number[]> = {};
  for (const [name, pathOf] of Object.entries(PATHS)) {
    samples[name] = await timesOf(pathOf, some.slice(WARM));
  }
  await serving.stop();
  return samples;
}
