import { mockServices } from '@backstage/backend-test-utils';
import { CollectedEntity } from '@waymark/scorecards-node';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { migrated } from '../__testUtils__/migrated';
import {
  createCollectors,
  nameOf,
  passed,
  scanSource,
} from './__testUtils__/createCollectors';

jest.setTimeout(120_000);

const databases = testDatabases();

describe.each(databases.eachSupportedId())(
  'following the entities on %s',
  id => {
    let knex: Knex;
    beforeEach(async () => {
      knex = await migrated(databases, id);
    });

    it('follows what is new, changes, moves to another repository or goes', async () => {
      const world = createCollectors(knex);
      const { collector, clock, runner } = world;
      await world.add(['wallet', 'ledger']);
      await runner.runOnce();
      collector.taken();

      clock.advance('PT1M');
      await world.add(['wallet'], 'wallet', { description: 'Holds money' });
      await world.add(['payouts']);
      await runner.runOnce();
      expect(collector.taken()).toEqual(['payouts', 'wallet']);

      clock.advance('PT1M');
      await world.add(['ledger'], 'mono', { uid: 'uid-2' });
      await runner.runOnce();
      const [context] = collector.contexts;
      expect(context.partition).toEqual({
        key: 'forge.example/acme/mono',
        host: 'forge.example',
      });
      expect(collector.taken()).toEqual(['ledger']);

      clock.advance('PT1M');
      collector.onCollect = () => {
        throw new Error('It is broken');
      };
      await world.add(['wallet'], 'wallet', { description: 'Keeps money' });
      await runner.runOnce();
      expect(await world.outages()).toEqual(['wallet: It is broken']);
      await world.remove('wallet');
      collector.taken();
      await runner.runOnce();
      expect(await world.outages()).toEqual([]);
      clock.advance('PT1H');
      await runner.runOnce();
      expect(collector.taken()).toEqual(['ledger', 'payouts']);
      expect(
        await knex('collector_partitions').orderBy('key').pluck('key'),
      ).toEqual(['forge.example/acme/mono', 'forge.example/acme/payouts']);
    });

    it('leaves out an entity that the collector stumbles over', async () => {
      const world = createCollectors(knex);
      const { collector, runner } = world;
      const logger = mockServices.logger.mock();
      const place = collector.partitionOf;
      const stumbling = Object.assign(collector, {
        partitionOf: (entity: CollectedEntity) => {
          if (nameOf(entity.ref) === 'wallet') throw new Error('No such thing');
          const partition = place(entity)!;
          return nameOf(entity.ref) === 'ledger'
            ? { key: 'x'.repeat(256) }
            : partition;
        },
      });
      await world.add(['wallet', 'ledger', 'payouts']);
      await world.createRunner({ collectors: [stumbling], logger }).runOnce();
      expect(collector.taken()).toEqual(['payouts']);
      expect(logger.error).toHaveBeenCalledTimes(2);
      await runner.runOnce();
      expect(collector.taken()).toEqual([]);
    });

    it('does not let what is due wait for the whole of a large catalog', async () => {
      const world = createCollectors(knex);
      const { collector, runner } = world;
      await world.add(Array.from({ length: 2_500 }, (_, index) => `s${index}`));
      const fine = collector.onCollect;
      const followed: number[] = [];
      collector.onCollect = async context => {
        if (followed.length === 0) {
          followed.push((await world.health()).entities);
        }
        await fine(context);
      };
      const runs = runner.runOnce();
      await eventually(async () => followed[0]);
      expect(followed[0]).toBe(2_000);
      await runner.stop();
      await runs;
    });

    it('forgets everybody when no definition is in force, or none applies', async () => {
      const world = createCollectors(knex);
      const { collector, clock, runner } = world;
      await world.add(['wallet', 'ledger']);
      collector.onCollect = ({ entities, fail }) =>
        entities.forEach(({ ref }) => fail(ref, new Error('It is broken')));
      await runner.runOnce();
      world.factSources.splice(
        0,
        1,
        scanSource(2, { appliesTo: { 'metadata.name': 'ledger' } }),
      );
      await runner.runOnce();
      expect(await world.outages()).toEqual(['ledger: It is broken']);
      world.factSources.splice(0, 1);
      await runner.runOnce();
      expect(await world.outages()).toEqual([]);
      collector.taken();
      clock.advance('P1D');
      await runner.runOnce();
      expect(collector.taken()).toEqual([]);
      expect(await world.health()).toMatchObject({
        entities: 0,
        error: 'None of its fact sources is in force: scan',
      });
    });

    it('collects anew what was made of entities that come, change, go, or are joined or left', async () => {
      const world = createCollectors(knex, {
        factSources: [scanSource(1, { appliesTo: { kind: 'Component' } })],
      });
      const { collector, clock, runner } = world;
      const group = (name: string) => aSnapshot(name, { kind: 'group' });
      const member = (of: string, parent = 'memberOf', kind = 'user') => {
        const snapshot = aSnapshot('mina', { kind });
        return {
          ...snapshot,
          entity: {
            ...snapshot.entity,
            relations: [{ type: parent, targetRef: `group:default/${of}` }],
          },
        };
      };
      await world.add(['wallet', 'ledger'], 'mono');
      collector.onCollect = context =>
        context.entities.forEach(({ ref }) =>
          context.report(ref, {
            payload: passed,
            dependsOn: [
              `group:default/${nameOf(ref)}`,
              'group:default/everybody',
            ],
          }),
        );
      const step = async (...args: Parameters<typeof world.apply>) => {
        clock.advance('PT1S');
        await world.apply(...args);
        await runner.runOnce();
        return collector.taken();
      };
      await step([group('everybody')]);
      expect(await step([group('wallet')])).toEqual(['wallet']);
      expect(await step([member('ledger')])).toEqual(['ledger']);
      expect(await step([member('wallet')])).toEqual(['ledger wallet']);
      expect(await step([group('nobody')])).not.toContain('wallet');
      expect(await step([], ['user:default/mina'])).toEqual(['wallet']);
      expect(await step([], ['group:default/everybody'])).toEqual([
        'ledger wallet',
      ]);
      await step([group('somebody')]);
      expect(await step([group('elsewhere')])).toEqual([]);
    });
  },
);
