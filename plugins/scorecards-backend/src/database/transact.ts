import { Knex } from 'knex';

const ATTEMPTS = 4;
/** PostgreSQL: two transactions waited for each other, and this one had to give way. */
const DEADLOCK = '40P01';

/**
 * Runs a transaction, and again where it had to give way to another one. Writers lock the entities that they mark in the
 * order of their numbers, but several marks of one transaction follow each other in the order of their causes.
 *
 * @param work - has no effect but those of the transaction
 */
export async function transact<T>(
  knex: Knex,
  work: (tx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await knex.transaction(work);
    } catch (error) {
      if (
        (error as { code?: unknown }).code !== DEADLOCK ||
        attempt === ATTEMPTS
      ) {
        throw error;
      }
    }
  }
}
