import { mockServices } from '@backstage/backend-test-utils';
import {
  CollectContext,
  FactCollector,
  HostGate,
  sourceRepositoryPartition,
} from '@waymark/scorecards-node';
import { EntitySnapshot } from '@waymark/waymark-common';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { aSnapshot, SnapshotOptions } from '../../__testUtils__/aSnapshot';
import { EntityStore } from '../../entities/EntityStore';
import { FactStore } from '../../facts/FactStore';
import { factSource } from '../../intake/__testUtils__/createIntake';
import { FactIntake } from '../../intake/FactIntake';
import { AdoptedFactSource } from '../../intake/sources';
import { OutageStore } from '../../outages/OutageStore';
import { DIRTY } from '../../results/dirty';
import { CollectorRunner, CollectorRunnerOptions } from '../CollectorRunner';
import { CollectorHealthReader } from '../CollectorHealthReader';
import { RetryPolicy } from '../RetryPolicy';

export const NOW = '2026-03-01T12:00:00.000Z';
export const passed = { passed: true, findings: [] };

/** The fact source of the collectors of tests. */
export const scanSource = (id = 1, spec: object = {}): AdoptedFactSource =>
  factSource(id, {
    id: 'scan',
    writers: [{ collector: 'scan' }],
    schedule: { frequency: 'PT1H', timeout: 'PT5M' },
    ...spec,
  });

/** Without kind and namespace. */
export const nameOf = (ref: string) => ref.split('/')[1];

/** A collector that does what a test says, and remembers what it was asked. */
export class TestCollector implements FactCollector {
  readonly id = 'scan';
  readonly sources = ['scan'];
  readonly partitionOf = sourceRepositoryPartition;
  readonly events: FactCollector['events'] = {
    topics: ['scan.done'],
    partitionsOf: ({ payload }) => [payload as string],
  };
  /** Names of the entities of each call. */
  calls: string[][] = [];
  contexts: CollectContext[] = [];
  onCollect: (context: CollectContext) => Promise<void> | void = context =>
    context.entities.forEach(({ ref }) =>
      context.report(ref, { payload: passed }),
    );

  async collect(context: CollectContext): Promise<void> {
    this.calls.push(context.entities.map(({ ref }) => nameOf(ref)).sort());
    this.contexts.push(context);
    await this.onCollect(context);
  }

  /** The calls since this was asked last, sorted. */
  taken(): string[] {
    const calls = this.calls.map(names => names.join(' '));
    this.calls = [];
    this.contexts = [];
    return calls.sort();
  }
}

/** Everything between the entities and the facts, without the catalog and without timers. */
export function createCollectors(
  knex: Knex,
  options: Partial<CollectorRunnerOptions> & {
    factSources?: AdoptedFactSource[];
  } = {},
) {
  const factSources = options.factSources ?? [scanSource()];
  const clock = ManualClock.at(NOW);
  const collector = new TestCollector();
  const entities = EntityStore.of(knex);
  const definitions = { inForce: async () => ({ factSources }) };
  const intake = FactIntake.create({ knex, definitions, entities, clock });
  const runner = (more: Partial<CollectorRunnerOptions> = {}) =>
    CollectorRunner.create({
      knex,
      collectors: [collector],
      definitions,
      intake,
      clock,
      logger: mockServices.logger.mock(),
      hosts: HostGate.create({ attempts: 1 }),
      retries: RetryPolicy.create(() => 1),
      ...options,
      ...more,
    });
  const apply = (snapshots: EntitySnapshot[], deleted: string[] = []) =>
    knex.transaction(async tx => {
      const from = await EntityStore.of(tx).cursor();
      await entities.advance(tx, { from, to: from + 1 });
      await entities.apply(tx, { snapshots, deleted }, clock.now());
    });
  return {
    knex,
    clock,
    collector,
    factSources,
    intake,
    apply,
    createRunner: runner,
    runner: runner(),
    health: async () =>
      (
        await CollectorHealthReader.create({
          knex,
          clock,
          collectors: [collector],
        }).list()
      )[0],
    /** Adds entities of a repository each, or of the one that is given. */
    add: (names: string[], repository?: string, more: SnapshotOptions = {}) =>
      apply(
        names.map(name =>
          aSnapshot(name, { repository: repository ?? name, ...more }),
        ),
      ),
    remove: (...names: string[]) =>
      apply(
        [],
        names.map(name => `component:default/${name}`),
      ),
    /** What is known of an entity. */
    facts: async (name: string) => {
      const [entity] = await entities.byRefs([`component:default/${name}`]);
      return (await FactStore.of(knex).read([entity.id])).map(
        ({ payload }) => payload,
      );
    },
    /** The outages that last, as "name: error"; of the whole source as "*: error". */
    outages: async () => {
      const lasting = await OutageStore.of(knex).ofSources(['scan']);
      const tracked = await entities.byIds(
        lasting.flatMap(({ entityId }) => entityId ?? []),
      );
      const names = new Map(tracked.map(({ id, ref }) => [id, nameOf(ref)]));
      return lasting
        .map(
          ({ entityId, error }) =>
            `${entityId === undefined ? '*' : names.get(entityId)}: ${error}`,
        )
        .sort();
    },
    /** Why entities are to be evaluated anew, as "name: cause"; forgotten once read. */
    dirty: async () => {
      const rows = await knex(DIRTY);
      await knex(DIRTY).delete();
      const tracked = await entities.byIds(rows.map(row => row.entity_id));
      const names = new Map(tracked.map(({ id, ref }) => [id, nameOf(ref)]));
      return rows
        .map(row => `${names.get(row.entity_id)}: ${row.cause}`)
        .sort();
    },
  };
}
