import { Knex } from 'knex';
import { transact } from '../database/transact';
import { markDirty } from './dirty';
import { RESULT_HEAD } from './tables';

/**
 * The way in which rules are evaluated. To be raised whenever the same definitions, facts and entity may give another
 * result than before: everything is then evaluated anew, with cause `engine`.
 */
export const ENGINE_VERSION = 1;

/** The version whose results are stored, or are about to be. */
export async function storedEngine(knex: Knex): Promise<number | null> {
  const head = await knex(RESULT_HEAD).where({ id: 1 }).first('engine');
  return head.engine;
}

/**
 * Makes a version the one that evaluates, and marks everything dirty if it was an older one until now. A newer one stays:
 * a replica of an older release that starts once more takes nothing back.
 *
 * @returns whether an older one was replaced
 */
export async function adoptEngine(
  knex: Knex,
  version: number,
  now: Date,
): Promise<boolean> {
  const before = await storedEngine(knex);
  if (before !== null && before >= version) return false;
  return transact(knex, async tx => {
    if (before !== null) {
      await markDirty(
        tx,
        { entityIds: 'all', cause: 'engine', detail: String(version) },
        now,
      );
    }
    const moved = await tx(RESULT_HEAD)
      .where({ id: 1, engine: before })
      .update({ engine: version });
    return moved === 1 && before !== null;
  });
}
