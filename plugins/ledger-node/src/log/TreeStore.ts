import { Knex } from 'knex';
import { HashedSubtree, hashOf } from '../merkle/Frontier';
import { LeafRange, Subtree, subtreesOf } from '../merkle/ranges';
import { NodeRow, NODES } from './tables';

const CHUNK = 200;

const keyOf = ({ level, index }: Subtree) => `${level}/${index}`;

/** The complete subtrees of the log in its database. */
export class TreeStore {
  readonly #knex: Knex;

  static of(knex: Knex): TreeStore {
    return new TreeStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** The hashes of some subtrees, in their order. */
  async read(subtrees: Subtree[]): Promise<HashedSubtree[]> {
    const hashes = new Map<string, Buffer>();
    for (let start = 0; start < subtrees.length; start += CHUNK) {
      const rows: NodeRow[] = await this.#knex(NODES).whereIn(
        ['level', 'position'],
        subtrees
          .slice(start, start + CHUNK)
          .map(({ level, index }) => [level, index]),
      );
      for (const { level, position, hash } of rows) {
        hashes.set(keyOf({ level, index: Number(position) }), hash);
      }
    }
    return subtrees.map(subtree => {
      const hash = hashes.get(keyOf(subtree));
      if (!hash) {
        throw new Error(`The ledger has lost its node ${keyOf(subtree)}`);
      }
      return { ...subtree, hash };
    });
  }

  /** The hash of each range. */
  async hashesOf(ranges: LeafRange[]): Promise<Buffer[]> {
    const wanted = ranges.map(subtreesOf);
    const found = await this.read(wanted.flat());
    return wanted.map(({ length }) => hashOf(found.splice(0, length)));
  }

  async write(subtrees: HashedSubtree[]): Promise<void> {
    const rows = subtrees.map(({ level, index, hash }) => ({
      level,
      position: index,
      hash,
    }));
    await this.#knex.batchInsert(NODES, rows, CHUNK);
  }
}
