import { mockServices } from '@backstage/backend-test-utils';
import {
  eventually,
  ManualClock,
  testDatabases,
} from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { migrated } from '../__testUtils__/migrated';
import { fleetDefinitions, writeFleet } from './__testUtils__/fleet';
import { DIRTY } from './dirty';
import { LocalEvaluator } from './evaluation/Evaluator';
import { ResultEngine } from './ResultEngine';
import {
  LAYOUTS,
  RESULT_HEAD,
  RESULTS,
  SCORECARDS as SCORECARDS_TABLE,
} from './tables';

jest.setTimeout(300_000);

const databases = testDatabases();
const ENTITIES = 4_000;
const SCORECARDS = 2;
const PATIENCE = 120_000;

/** What must not depend on who evaluated what, and when. Numbers are given by a race, so names stand for them. */
const OUTCOME = [
  ...['entity_id', 'definition_id', 'placement_id', 'results', 'level'],
  ...['points', 'confidence', 'cause', 'detail', 'holds', 'previous'],
  'valid_to',
];
const outcome = (knex: Knex) =>
  knex({ result: RESULTS })
    .join(
      { scorecard: SCORECARDS_TABLE },
      'scorecard.id',
      'result.scorecard_id',
    )
    .join({ layout: LAYOUTS }, 'layout.id', 'result.layout_id')
    .orderBy(['result.entity_id', 'scorecard.name'])
    .select(OUTCOME.map(column => `result.${column}`))
    .select({ scorecard: 'scorecard.name', layout: 'layout.hash' });

describe('two replicas on PostgreSQL', () => {
  const replicas = new Set<ChildProcess>();
  afterEach(() => {
    replicas.forEach(replica => replica.kill('SIGKILL'));
  });

  function start(knex: Knex): ChildProcess {
    const replica = spawn(
      process.execPath,
      [
        '--require',
        require.resolve('@backstage/cli/config/nodeTransform.cjs'),
        require.resolve('./__testUtils__/replica.ts'),
        JSON.stringify(knex.client.config.connection),
      ],
      { stdio: ['ignore', 'inherit', 'inherit'] },
    );
    replicas.add(replica);
    return replica;
  }

  it('leave what one that is never disturbed does, however they are killed', async () => {
    const calm = await migrated(databases, 'POSTGRES_15');
    await writeFleet(calm, ENTITIES);
    await ResultEngine.create({
      knex: calm,
      clock: ManualClock.at('2026-03-02T12:00:00Z'),
      logger: mockServices.logger.mock(),
      definitions: fleetDefinitions(),
      evaluator: LocalEvaluator.create(),
    }).runOnce();

    const knex = await migrated(databases, 'POSTGRES_15');
    await writeFleet(knex, ENTITIES);
    const written = async () =>
      Number((await knex(RESULT_HEAD).first('seq')).seq);
    const waitFor = (share: number) =>
      eventually(
        async () =>
          (await written()) >= share * ENTITIES * SCORECARDS || undefined,
        PATIENCE,
      );
    const leases = async (): Promise<string[]> =>
      knex(DIRTY).whereNotNull('lease_token').distinct().pluck('lease_token');

    const first = start(knex);
    const second = start(knex);
    const orphans: number[] = [];
    for (const [share, replica] of [
      [0.1, first],
      [0.4, second],
    ] as const) {
      await waitFor(share);
      replica.kill('SIGKILL');
      await once(replica, 'exit');
      const before = new Set(await leases());
      start(knex);
      // Long enough for the living to be done with theirs, too short for anybody to take over those of the dead.
      await setTimeout(500);
      orphans.push((await leases()).filter(token => before.has(token)).length);
    }
    await eventually(
      async () => (await knex(DIRTY).first()) === undefined || undefined,
      PATIENCE,
    );

    // Both were killed amid their work.
    expect(Math.min(...orphans)).toBeGreaterThan(0);
    const seqs = await knex(RESULTS).orderBy('seq').pluck('seq');
    expect(seqs.map(Number)).toEqual(
      Array.from({ length: ENTITIES * SCORECARDS }, (_, index) => index + 1),
    );
    expect(await written()).toBe(ENTITIES * SCORECARDS);
    expect(await outcome(knex)).toEqual(await outcome(calm));
  });
});
