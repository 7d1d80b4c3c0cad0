import { Knex } from 'knex';
import { Frontier, HashedSubtree } from '../merkle/Frontier';
import { leafHash } from '../merkle/hash';
import { subtreesOf } from '../merkle/ranges';
import { commitmentTo, encodeLeaf } from './leaf';
import { EntryRow, ENTRIES, QUEUE, QueueRow, SIZE } from './tables';
import { TreeStore } from './TreeStore';

const CHUNK = 100;

/**
 * Moves what is queued into the log, in one transaction. Whoever does it meanwhile elsewhere is waited for, so that
 * the log never forks.
 *
 * @param limit - how many entries at most
 * @returns how many entries the log has grown by
 */
export async function integrate(knex: Knex, limit: number): Promise<number> {
  if (!(await knex(QUEUE).first('id'))) {
    return 0;
  }
  return knex.transaction(async tx => {
    // An update locks on every database; a row that is only read does not.
    await tx(SIZE).where({ id: 1 }).increment('size', 0);
    const { size } = await tx(SIZE).where({ id: 1 }).first('size');
    const queued: QueueRow[] = await tx(QUEUE).orderBy('id').limit(limit);
    if (queued.length === 0) {
      return 0;
    }

    const tree = TreeStore.of(tx);
    const before = Number(size);
    const frontier = Frontier.of(
      await tree.read(subtreesOf({ from: 0, to: before })),
    );
    const completed: HashedSubtree[] = [];
    const entries = queued.map((row, offset): EntryRow => {
      const { type, record, salt } = row;
      const at = Number(row.at);
      const commitment = commitmentTo(record, salt);
      const leaf = encodeLeaf({ type, at, commitment });
      completed.push(...frontier.append(leafHash(Buffer.from(leaf))));
      return { position: before + offset, leaf, type, record, salt, at };
    });
    await tx.batchInsert(ENTRIES, entries, CHUNK);
    await tree.write(completed);
    await tx(SIZE).where({ id: 1 }).update({ size: frontier.size });
    await tx(QUEUE)
      .whereIn(
        'id',
        queued.map(({ id }) => id),
      )
      .delete();
    return queued.length;
  });
}
