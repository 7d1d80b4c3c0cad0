import { mark } from './runEngine';
import { openEngine, type Place } from './openEngine';
import { generated, populate } from './populate';
import {
  FACT_SOURCE_ENTITIES,
  scorecardEntities,
  type Size,
} from './population';
import type { LabReport, Timed } from './report';
import { startPlugin, type Serving } from './serve';

const SIMULATIONS = 5;
const KEYSTROKES = 20;
const COVERAGE = 'facts.quality.coverage >= 60.0';

/** The first scorecard as somebody edits it: each time with another threshold. */
function edited(size: Size, threshold: number) {
  const [scorecard] = scorecardEntities(size);
  const { spec } = scorecard;
  return {
    ...scorecard,
    spec: {
      ...spec,
      checks: spec.checks.map(check => ({
        ...check,
        rule:
          check.rule === COVERAGE
            ? `facts.quality.coverage >= ${threshold}.5`
            : check.rule,
      })),
    },
  };
}

async function post(
  { url, token }: Serving,
  path: string,
  body: object,
): Promise<Timed> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const { summary } = JSON.parse(text);
  return { ms, cpuMs: (user + system) / 1_000, changed: summary.changed };
}

/** Fills an empty database, evaluates everything, and edits a scorecard as the rule lab does. */
export async function labOverHttp(
  size: Size,
  { place, port }: { place: Place; port: number },
): Promise<LabReport> {
  const population = generated(size);
  const open = await openEngine(place);
  await populate(open, population);
  await mark(open, 'all');
  await open.engine.runOnce();
  await open.close();
  const serving = await startPlugin(
    {
      populated: [...population.portions()].flat(),
      definitions: [...FACT_SOURCE_ENTITIES, ...scorecardEntities(size)],
    },
    { place, port },
  );
  const simulated: Timed[] = [];
  for (let index = 0; index <= SIMULATIONS; index += 1) {
    const definition = edited(size, 40 + index);
    simulated.push(await post(serving, '/simulate?limit=100', { definition }));
  }
  const path = '/lab?limit=20&moved=true';
  const ask = (threshold: number) =>
    post(serving, path, { definition: edited(size, threshold) });
  const first = await ask(50);
  const next: Timed[] = [];
  for (let index = 1; index <= KEYSTROKES; index += 1) {
    next.push(await ask(50 + index));
  }
  await serving.stop();
  // The first one starts what every portal that runs has started.
  const [, ...simulations] = simulated;
  for (const { changed } of [...simulations, first, ...next]) {
    if (!(changed > 0)) throw new Error('An edited scorecard changes nothing');
  }
  return { simulations, first, next };
}
