import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { factSourceKind, FactSourceSpec } from '@waymark/scorecards-common';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { FactStore } from '../../facts/FactStore';
import { FACTS, HEAD, LATE } from '../../facts/tables';
import { DIRTY } from '../../results/dirty';
import { KnownEntity } from '../entities';
import { FactIntake } from '../FactIntake';
import { AdoptedFactSource } from '../sources';

export const MIGRATIONS = {
  directory: resolvePackagePath('@waymark/scorecards-backend', 'migrations'),
};
export const NOW = '2026-03-01T12:00:00Z';

/** A component of a repository of the host `forge.example`. */
export const component = (
  id: number,
  repository: string,
  more: Partial<KnownEntity> = {},
): KnownEntity => ({
  id,
  ref: `component:default/${repository}`,
  source: { host: 'forge.example', owner: 'acme', repository },
  ownerPath: ['group:default/checkout', 'group:default/payments'],
  entity: {
    kind: 'Component',
    metadata: { name: repository },
    spec: { type: 'service', owner: 'group:default/checkout' },
  },
  ...more,
});

/** A fact source, read as the catalog reads it. */
export function factSource(
  id: number,
  spec: Partial<FactSourceSpec> & { id: string },
): AdoptedFactSource {
  const result = factSourceKind.parse({
    apiVersion: 'waymark.dev/v1',
    kind: 'FactSource',
    metadata: { name: `the-${spec.id}` },
    spec: {
      owner: 'group:default/platform',
      appliesTo: { kind: 'Component' },
      staleAfter: 'P1D',
      schema: {
        type: 'object',
        additionalProperties: false,
        required: ['passed', 'findings'],
        properties: {
          passed: { type: 'boolean' },
          findings: { type: 'array', items: { type: 'string' } },
        },
      },
      ...spec,
    },
  });
  if (!result.ok) {
    throw new Error(JSON.stringify(result.problems));
  }
  return {
    id,
    name: result.definition.metadata.name,
    spec: result.definition.spec as FactSourceSpec,
  };
}

/** The definitions and entities that the tests of the intake begin with, and can change. */
export interface World {
  factSources: AdoptedFactSource[];
  entities: KnownEntity[];
}

export const world = (): World => ({
  factSources: [
    factSource(1, {
      id: 'scan',
      writers: [
        { token: 'scanner' },
        { ci: 'sourceRepository' },
        { attestation: 'sourceRepository' },
        { collector: 'scan' },
      ],
    }),
    factSource(2, {
      id: 'inventory',
      writers: [{ token: 'inventory' }, { token: 'ledger' }],
    }),
    factSource(3, {
      id: 'library',
      appliesTo: { kind: 'Component', 'spec.type': 'library' },
      writers: [{ token: 'scanner' }],
    }),
  ],
  entities: [component(1, 'wallet'), component(2, 'ledger')],
});

/** The intake of facts over a database without any, that has everything in it but the catalog. */
export async function createIntake(
  knex: Knex,
  { factSources, entities }: World,
) {
  await knex.migrate.latest(MIGRATIONS);
  for (const table of [FACTS, LATE, DIRTY]) {
    await knex(table).delete();
  }
  await knex(HEAD).update({ version: 0, recorded_at: 0 });
  const clock = ManualClock.at(NOW);
  const definitions = { inForce: async () => ({ factSources }) };
  const lookup = {
    byRefs: async (refs: string[]) =>
      entities.filter(({ ref }) => refs.includes(ref)),
  };
  const intake = FactIntake.create({
    knex,
    definitions,
    entities: lookup,
    clock,
  });
  const dirty = async (): Promise<[number, string, string][]> => {
    const rows = await knex(DIRTY).orderBy('entity_id');
    await knex(DIRTY).delete();
    return rows.map(row => [row.entity_id, row.cause, row.detail]);
  };
  const facts = async () =>
    (await FactStore.of(knex).read(entities.map(({ id }) => id))).map(
      ({ entityId, source, payload }) => ({ entityId, source, payload }),
    );
  return { clock, definitions, lookup, intake, dirty, facts, knex };
}
