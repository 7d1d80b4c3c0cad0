import { Knex } from 'knex';
import { Frontier } from '../merkle/Frontier';
import { leafHash } from '../merkle/hash';
import { TreeHead } from './Ledger';
import { commitmentTo, encodeLeaf } from './leaf';
import { EntryRow, ENTRIES, NodeRow, NODES, SIZE } from './tables';

const PAGE = 500;

/** What is wrong with a log. */
export interface LedgerFault {
  /** The first entry that is concerned; of a rewritten stretch, its first. */
  index: number;
  /** Exclusive end of a stretch that was rewritten as a whole. */
  to?: number;
  reason: string;
}

/** What the verification of a log has found. */
export interface Verification {
  /** How many entries were read. */
  size: number;
  /** The root of what was read. */
  root: Buffer;
  /** How many records were erased on purpose; their leaves stand. */
  erased: number;
  /** Undefined when all is as it was written. */
  fault?: LedgerFault;
}

/** An entry as it was found. */
export interface FoundEntry {
  row: EntryRow;
  /** Its leaf in the tree. */
  node?: Buffer;
}

/**
 * Reads the whole log and computes everything anew: each record against its leaf, each leaf against the tree, the tree
 * against the heads that were published.
 *
 * @param published - heads from outside of the database, which whoever can write there cannot change
 */
export async function verifyLog(
  knex: Knex,
  published: TreeHead[],
): Promise<Verification> {
  return verifyEntries(foundIn(knex), published, async () => {
    const { size } = await knex(SIZE).where({ id: 1 }).first('size');
    return Number(size);
  });
}

/**
 * Computes everything anew from entries in their order.
 *
 * @param published - heads from elsewhere
 * @param sizeOf - how many entries there are said to be; asked for at the end
 */
export async function verifyEntries(
  entries: AsyncIterable<FoundEntry>,
  published: readonly TreeHead[],
  sizeOf: () => Promise<number>,
): Promise<Verification> {
  const heads = [...published].sort((a, b) => a.size - b.size);
  const frontier = Frontier.of([]);
  let erased = 0;
  const found = (fault?: LedgerFault): Verification => ({
    size: frontier.size,
    root: frontier.root,
    erased,
    ...(fault && { fault }),
  });
  /** Up to here a published head vouches for what was read. */
  let vouched = 0;
  const differing = () => {
    while (heads[0] && heads[0].size <= frontier.size) {
      const head = heads[0];
      if (head.size === frontier.size && !head.root.equals(frontier.root)) {
        return {
          index: vouched,
          to: head.size,
          reason: `the head published at ${
            head.size
          } entries has another root: entries from ${vouched} to ${
            head.size - 1
          } are not those it was signed over`,
        };
      }
      vouched = head.size;
      heads.shift();
    }
    return undefined;
  };

  const atStart = differing();
  if (atStart) {
    return found(atStart);
  }
  for await (const { row, node } of entries) {
    const index = frontier.size;
    const reason = faultOf(row, index, node);
    if (reason) {
      return found({ index, reason });
    }
    erased += row.record === null ? 1 : 0;
    frontier.append(leafHash(Buffer.from(row.leaf)));
    const rewritten = differing();
    if (rewritten) {
      return found(rewritten);
    }
  }

  const size = await sizeOf();
  const expected = Math.max(size, heads.at(-1)?.size ?? 0);
  return expected === frontier.size
    ? found()
    : found({
        index: Math.min(frontier.size, expected),
        reason:
          expected > frontier.size
            ? `the entry is missing: there were ${expected}`
            : `the entry is not counted: the log says that it has ${expected}`,
      });
}

async function* foundIn(knex: Knex): AsyncGenerator<FoundEntry> {
  let from = 0;
  for (;;) {
    const rows: EntryRow[] = await knex(ENTRIES)
      .where('position', '>=', from)
      .orderBy('position')
      .limit(PAGE);
    const nodes = await leavesFrom(knex, from);
    for (const row of rows) {
      yield { row, node: nodes.get(from) };
      from += 1;
    }
    if (rows.length < PAGE) return;
  }
}

async function leavesFrom(
  knex: Knex,
  from: number,
): Promise<Map<number, Buffer>> {
  const rows: NodeRow[] = await knex(NODES)
    .where({ level: 0 })
    .where('position', '>=', from)
    .orderBy('position')
    .limit(PAGE);
  return new Map(rows.map(({ position, hash }) => [Number(position), hash]));
}

function faultOf(
  row: EntryRow,
  index: number,
  node: Buffer | undefined,
): string | undefined {
  if (Number(row.position) !== index) {
    return 'the entry is missing';
  }
  if (!node?.equals(leafHash(Buffer.from(row.leaf)))) {
    return 'the leaf is not the one in the tree';
  }
  if (row.record === null || row.salt === null) {
    return undefined;
  }
  const { type } = row;
  const leaf = encodeLeaf({
    type,
    at: Number(row.at),
    commitment: commitmentTo(row.record, row.salt),
  });
  return leaf === row.leaf
    ? undefined
    : 'the record is not the one of its leaf';
}
