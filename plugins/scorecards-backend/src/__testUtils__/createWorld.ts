import {
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Ledger } from '@waymark/ledger-node';
import { EntitySnapshot } from '@waymark/waymark-common';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { Adopter } from '../definitions/Adopter';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { EntityStore } from '../entities/EntityStore';
import { FactIntake } from '../intake/FactIntake';
import { OutageScope, OutageStore } from '../outages/OutageStore';
import { markDirty } from '../results/dirty';
import { LocalEvaluator } from '../results/evaluation/Evaluator';
import { ResultEngine } from '../results/ResultEngine';
import { migrated } from './migrated';

const COLLECTOR = 'tests';

/** The engine over a database of its own, with everything in it but the loops: a test says when what is done. */
export async function createWorld(
  databases: TestDatabases,
  id: TestDatabaseId,
  start = '2026-03-01T12:00:00.000Z',
) {
  const knex = await migrated(databases, id);
  const clock = ManualClock.at(start);
  const logger = mockServices.logger.mock();
  const ledger = await Ledger.create({
    database: mockServices.database({ knex }),
  });
  const entities = EntityStore.of(knex);
  const definitions = DefinitionStore.of(knex);
  const intake = FactIntake.create({ knex, definitions, entities, clock });
  let defined: Entity[] = [];
  const adopter = Adopter.create({
    knex,
    clock,
    logger,
    ledger,
    auth: mockServices.auth(),
    catalog: {
      streamEntities: (...request) =>
        catalogServiceMock({ entities: defined }).streamEntities(...request),
    },
  });
  const engine = ResultEngine.create({
    knex,
    clock,
    logger,
    definitions,
    evaluator: LocalEvaluator.create(),
  });
  return {
    knex,
    clock,
    logger,
    ledger,
    definitions,
    intake,
    engine,
    /** Has the catalog show these entities besides those that it has. */
    async see(...snapshots: EntitySnapshot[]) {
      await knex.transaction(async tx => {
        const from = await EntityStore.of(tx).cursor();
        await entities.advance(tx, { from, to: from + 1 });
        const changes = await entities.apply(
          tx,
          { snapshots, deleted: [] },
          clock.now(),
        );
        await markDirty(
          tx,
          {
            entityIds: changes.map(({ entityId }) => entityId),
            cause: 'entity',
          },
          clock.now(),
        );
      });
    },
    /** Has the catalog show these definitions and nothing else. */
    async define(...some: Entity[]) {
      defined = some;
      await adopter.runOnce();
    },
    /** A collector says something of an entity. */
    async say(
      entityRef: string,
      source: string,
      payload: JsonObject,
      more: { url?: string; commit?: string; observedAt?: Date } = {},
    ) {
      await intake.write(
        [{ entityRef, source, payload, observedAt: clock.now(), ...more }],
        { kind: 'collector', id: COLLECTOR },
      );
    },
    /** A collector cannot look any more. */
    async breakDown(scope: OutageScope, error: string) {
      await knex.transaction(tx =>
        OutageStore.of(knex).begin(tx, [{ ...scope, error }], clock.now()),
      );
    },
    /** A collector can look again. */
    async repair(scope: OutageScope) {
      await knex.transaction(tx =>
        OutageStore.of(knex).end(tx, [scope], clock.now()),
      );
    },
  };
}

/** What a fact source needs for {@link createWorld} to write its facts. */
export const WRITTEN_BY_TESTS = { writers: [{ collector: COLLECTOR }] };
