import { Knex } from 'knex';
import { transact } from '../database/transact';
import { markDirty } from './dirty';
import { RESULT_HEAD } from './tables';

/**
 * The way in which rules are evaluated. To be raised whenever the same definitions, facts and entity may give another
 * result than before: everything is then evaluated anew, with cause `engine`.
 */
export const ENGINE_VERSION = '1';

/** The version whose results are stored, or are about to be. */
export async function storedEngine(knex: Knex): Promise<string | null> {
  const head = await knex(RESULT_HEAD).where({ id: 1 }).first('engine');
  return head.engine;
}

/**
 * Makes a version the one that evaluates, and marks everything dirty if it was another one until now.
 *
 * @returns whether it was another one
 */
export async function adoptEngine(
  knex: Knex,
  version: string,
  now: Date,
): Promise<boolean> {
  const before = await storedEngine(knex);
  if (before === version) return false;
  return transact(knex, async tx => {
    if (before !== null) {
      await markDirty(
        tx,
        { entityIds: 'all', cause: 'engine', detail: version },
        now,
      );
    }
    const moved = await tx(RESULT_HEAD)
      .where({ id: 1, engine: before })
      .update({ engine: version });
    return moved === 1 && before !== null;
  });
}
