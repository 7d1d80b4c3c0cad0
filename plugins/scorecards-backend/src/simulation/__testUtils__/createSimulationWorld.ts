import { TestDatabaseId, TestDatabases } from '@backstage/backend-test-utils';
import { PolicyDecision } from '@backstage/plugin-permission-common';
import { aSnapshot } from '../../__testUtils__/aSnapshot';
import { createReadWorld } from '../../__testUtils__/createReadWorld';
import { WRITTEN_BY_TESTS } from '../../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../../__testUtils__/definitions';
import { EntityStore } from '../../entities/EntityStore';
import { LocalEvaluator } from '../../results/evaluation/Evaluator';
import { Simulator } from '../Simulator';

export const GIT = aFactSource('git', WRITTEN_BY_TESTS);
export const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];

export const ref = (name: string) => `component:default/${name}`;
export const basics = (rules: string[], spec = {}) =>
  aScorecard('basics', rules, spec);
/** In force. */
export const BASICS = basics(['facts.git.readme', 'facts.git.tests > 3']);

/** Whoever may read one entity only. */
export const onlyNamed = (name: string) =>
  ({
    result: 'CONDITIONAL',
    pluginId: 'catalog',
    resourceType: 'catalog-entity',
    conditions: {
      rule: 'HAS_METADATA',
      resourceType: 'catalog-entity',
      params: { key: 'name', value: name },
    },
  } as PolicyDecision);

/** Components of three teams with 2 to 7 tests, of which `b` has no readme, and `bare`, of which nothing is known. */
export async function createSimulationWorld(
  databases: TestDatabases,
  id: TestDatabaseId,
) {
  const world = await createReadWorld(databases, id);
  const { see, define, say, engine, knex } = world;
  await see(
    ...NAMES.map((name, index) =>
      aSnapshot(name, {
        type: index % 2 ? 'service' : 'website',
        owner: `group:default/team-${index % 3}`,
        ownerPath: [`group:default/team-${index % 3}`],
      }),
    ),
    aSnapshot('bare'),
  );
  await define(GIT, BASICS, aScorecard('other', ['facts.git.tests > 2']));
  for (const [index, name] of NAMES.entries()) {
    await say(ref(name), 'git', { readme: name !== 'b', tests: index + 2 });
  }
  await engine.runOnce();
  const entities = EntityStore.of(knex);
  const evaluator = LocalEvaluator.create();
  const simulator = Simulator.create({ ...world, entities, evaluator });
  return { ...world, entities, evaluator, simulator };
}
