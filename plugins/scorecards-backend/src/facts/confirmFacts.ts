import { Knex } from 'knex';
import { columnList } from '../database/lists';
import { FACTS, ProvenanceColumns } from './tables';

/** Moves when and where facts were seen last, with one statement for many. */
export async function confirmFacts(
  tx: Knex.Transaction,
  facts: ({ version: number } & ProvenanceColumns)[],
): Promise<void> {
  if (facts.length === 0) return;
  const seen = columnList(
    tx,
    {
      version: 'bigint',
      observed_at: 'bigint',
      collector: 'text',
      url: 'text',
      commit: 'text',
    },
    {
      version: facts.map(({ version }) => version),
      observed_at: facts.map(({ observed_at }) => observed_at),
      collector: facts.map(({ collector }) => collector),
      url: facts.map(({ url }) => url),
      commit: facts.map(({ commit }) => commit),
    },
  );
  await tx.raw(
    `update ${FACTS}
     set observed_at = v.observed_at, collector = v.collector, url = v.url, "commit" = v."commit"
     from ? where ${FACTS}.version = v.version`,
    [seen],
  );
}
