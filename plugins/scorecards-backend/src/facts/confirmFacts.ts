import { Knex } from 'knex';
import { FACTS, ProvenanceColumns } from './tables';

const CHUNK = 200;

/** Moves when and where facts were seen last, with one statement for many. */
export async function confirmFacts(
  tx: Knex.Transaction,
  facts: ({ version: number } & ProvenanceColumns)[],
): Promise<void> {
  for (let start = 0; start < facts.length; start += CHUNK) {
    const some = facts.slice(start, start + CHUNK);
    // The casts tell PostgreSQL what a list of values cannot.
    const values = some
      .map(
        () =>
          '(cast(? as bigint), cast(? as bigint), cast(? as text), cast(? as text), cast(? as text))',
      )
      .join(', ');
    await tx.raw(
      `with seen (version, observed_at, collector, url, "commit") as (values ${values})
       update ${FACTS}
       set observed_at = seen.observed_at, collector = seen.collector, url = seen.url, "commit" = seen."commit"
       from seen where ${FACTS}.version = seen.version`,
      some.flatMap(fact => [
        fact.version,
        fact.observed_at,
        fact.collector,
        fact.url,
        fact.commit,
      ]) as Knex.RawBinding[],
    );
  }
}
