import { Knex } from 'knex';
import { aSnapshot } from '../../__testUtils__/aSnapshot';
import { EntityStore } from '../../entities/EntityStore';
import { FactStore } from '../../facts/FactStore';
import { markDirty } from '../dirty';
import { aFactSource, aScorecard, TestDefinitions } from './TestDefinitions';

const OBSERVED = new Date('2026-03-01T12:00:00Z');
const MODULUS = 7;

/** The definitions of every replica of a test with several processes. */
export function fleetDefinitions(): TestDefinitions {
  const definitions = new TestDefinitions();
  definitions.set({
    scorecards: {
      quality: aScorecard([
        { id: 'readme', rule: 'facts.git.readme' },
        { id: 'few', level: 'silver', rule: 'facts.git.findings < 4' },
      ]),
      order: aScorecard([
        { id: 'some', rule: 'facts.git.findings > 1', onUnknown: 'pass' },
      ]),
    },
    factSources: {
      git: aFactSource(
        { readme: { type: 'boolean' }, findings: { type: 'integer' } },
        { staleAfter: 'P100Y' },
      ),
    },
  });
  return definitions;
}

/** Writes entities, most of them with facts, and marks all of them as new. */
export async function writeFleet(knex: Knex, size: number): Promise<void> {
  await knex.transaction(async tx => {
    const changes = await EntityStore.of(tx).apply(
      tx,
      {
        snapshots: Array.from({ length: size }, (_, index) =>
          aSnapshot(`service-${index}`),
        ),
        deleted: [],
      },
      OBSERVED,
    );
    const entityIds = changes.map(({ entityId }) => entityId);
    await FactStore.of(tx).write(
      tx,
      entityIds
        .filter(entityId => entityId % MODULUS > 0)
        .map(entityId => ({
          entityId,
          source: 'git',
          payload: {
            readme: entityId % 2 === 0,
            findings: entityId % MODULUS,
          },
          observedAt: OBSERVED,
          provenance: { collector: 'git' },
        })),
      OBSERVED,
    );
    await markDirty(tx, { entityIds, cause: 'new' }, OBSERVED);
  });
}
