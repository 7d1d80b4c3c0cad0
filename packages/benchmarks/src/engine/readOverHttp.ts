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
/** The plugin has started, and the first requests have been answered. */
const WARM = 5;

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
  'roll-up by owner': () => '/scorecards/scorecard-0/rollup?by=owner',
  'roll-up by domain': () => '/scorecards/scorecard-0/rollup?by=domain',
  'roll-up by system': () => '/scorecards/scorecard-0/rollup?by=system',
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
  const samples: Record<string, number[]> = {};
  for (const [name, pathOf] of Object.entries(PATHS)) {
    const taken: number[] = [];
    for (const index of someOf(size, WARM + SAMPLES)) {
      const path = pathOf(`component/default/component-${index}`);
      const start = performance.now();
      await read(serving, path);
      taken.push(performance.now() - start);
    }
    samples[name] = taken.slice(WARM);
  }
  await serving.stop();
  return samples;
}
