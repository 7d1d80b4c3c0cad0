import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { randomBytes } from 'node:crypto';
import { consistencyRanges, inclusionRanges } from '../merkle/ranges';
import { entryLine, ExportedLine, headLine, publishedLine } from './export';
import { canonicalJson } from './leaf';
import { integrate } from './integrate';
import { EntryRow, ENTRIES, HeadRow, HEADS, QUEUE, SIZE } from './tables';
import { TreeStore } from './TreeStore';

const SALT_BYTES = 32;
const BATCH = 500;

/** @internal */
export const MIGRATIONS = {
  directory: resolvePackagePath('@waymark/ledger-node', 'migrations'),
  // The plugin's own migrations use the default table of the same database.
  tableName: 'ledger_knex_migrations',
};

/** How far the log has come. */
export interface TreeHead {
  /** How many entries there are. */
  size: number;
  /** The root of the Merkle tree over them (RFC 6962, section 2.1). */
  root: Buffer;
}

/** A head that was signed and published. */
export interface PublishedHead {
  size: number;
  /** A signed note (C2SP) whose text is a checkpoint. */
  note: string;
  at: Date;
}

/** What is written into the log. */
export interface LedgerRecord {
  /** What happened, such as `definition.adopted`; stays readable for ever. */
  type: string;
  /** The particulars, with the names of people; the leaf holds only a salted hash of it. */
  record: JsonObject;
}

/** What the log holds. */
export interface LedgerEntry {
  /** Position in the log, from 0. */
  index: number;
  type: string;
  /** Of the change of state. */
  at: Date;
  /** Undefined once it was erased. */
  record?: JsonObject;
  /** What the leaf is the hash of: canonical JSON (RFC 8785). */
  leaf: string;
}

/** That an entry is in the log of a size. */
export interface InclusionProof extends TreeHead {
  index: number;
  /** RFC 6962, section 2.1.1. */
  proof: Buffer[];
}

const toPublished = (row: HeadRow): PublishedHead => ({
  size: Number(row.size),
  note: row.note,
  at: new Date(Number(row.published_at)),
});

const toEntry = ({
  position,
  type,
  at,
  record,
  leaf,
}: EntryRow): LedgerEntry => ({
  index: Number(position),
  type,
  at: new Date(Number(at)),
  record: record === null ? undefined : JSON.parse(record),
  leaf,
});

/**
 * An append-only Merkle log (RFC 6962) in the database of a plugin. What a plugin queues with a change of state is in the
 * log if and only if the change is; {@link LedgerSequencer} moves it there.
 */
export class Ledger {
  readonly #knex: Knex;

  static async create(options: { database: DatabaseService }): Promise<Ledger> {
    const knex = await options.database.getClient();
    if (!options.database.migrations?.skip) {
      await knex.migrate.latest(MIGRATIONS);
    }
    return new Ledger(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Queues a record. A change whose record cannot be queued must not happen, so let the error end the transaction.
   *
   * @param tx - the transaction of the change of state
   * @param at - when it happens
   */
  async append(
    tx: Knex.Transaction,
    entry: LedgerRecord,
    at: Date,
  ): Promise<void> {
    await tx(QUEUE).insert({
      type: entry.type,
      record: canonicalJson(entry.record),
      salt: randomBytes(SALT_BYTES),
      at: at.getTime(),
    });
  }

  /** Moves everything that is queued into the log; returns by how many entries it has grown. */
  async integrate(): Promise<number> {
    let grown = 0;
    for (;;) {
      const some = await integrate(this.#knex, BATCH);
      grown += some;
      if (some < BATCH) {
        return grown;
      }
    }
  }

  /** @param size - of a former head; the present one when absent */
  async head(size?: number): Promise<TreeHead> {
    const { size: present } = await this.#knex(SIZE)
      .where({ id: 1 })
      .first('size');
    const wanted = size ?? Number(present);
    if (!Number.isSafeInteger(wanted) || wanted < 0) {
      throw new InputError(
        `size: must be a whole number from 0, but is ${wanted}`,
      );
    }
    if (wanted > Number(present)) {
      throw new NotFoundError(
        `The ledger has ${present} entries, not ${wanted}`,
      );
    }
    const [root] = await TreeStore.of(this.#knex).hashesOf([
      { from: 0, to: wanted },
    ]);
    return { size: wanted, root };
  }

  /** The head that was published last; undefined when none was. */
  async published(): Promise<PublishedHead | undefined> {
    const row: HeadRow | undefined = await this.#knex(HEADS)
      .orderBy('size', 'desc')
      .first();
    return row && toPublished(row);
  }

  /**
   * Entries in their order.
   *
   * @param page.from - the first index, 0 when absent
   */
  async entries(page: {
    from?: number;
    limit: number;
    type?: string;
  }): Promise<LedgerEntry[]> {
    const query = this.#knex(ENTRIES)
      .where('position', '>=', page.from ?? 0)
      .orderBy('position')
      .limit(page.limit);
    if (page.type !== undefined) {
      query.where('type', page.type);
    }
    const rows: EntryRow[] = await query;
    return rows.map(toEntry);
  }

  /**
   * The whole log as it is now, line by line, to be verified without the portal: see `verifyExport`. Entries have the salt
   * of their record, so whoever may not read records must not have it.
   */
  async *export(): AsyncGenerator<ExportedLine> {
    const head = await this.head();
    yield headLine(head);
    const published: HeadRow[] = await this.#knex(HEADS)
      .where('size', '<=', head.size)
      .orderBy('size');
    for (const row of published) {
      yield publishedLine(toPublished(row));
    }
    for (let from = 0; from < head.size; from += BATCH) {
      const rows: EntryRow[] = await this.#knex(ENTRIES)
        .where('position', '>=', from)
        .where('position', '<', Math.min(from + BATCH, head.size))
        .orderBy('position');
      for (const row of rows) {
        yield entryLine({ ...toEntry(row), salt: row.salt ?? undefined });
      }
    }
  }

  /**
   * Proves that an entry is in the log.
   *
   * @param size - of a former head that has the entry; the present one when absent
   * @throws NotFoundError when that head has no such entry
   */
  async proveInclusion(index: number, size?: number): Promise<InclusionProof> {
    const head = await this.head(size);
    if (!Number.isSafeInteger(index) || index < 0 || index >= head.size) {
      throw new NotFoundError(
        `There is no entry ${index} among the first ${head.size} of the ledger`,
      );
    }
    const proof = await TreeStore.of(this.#knex).hashesOf(
      inclusionRanges(index, head.size),
    );
    return { ...head, index, proof };
  }

  /**
   * Proves that the log only grew between two heads (RFC 6962, section 2.1.2).
   *
   * @throws NotFoundError when the log is smaller than either
   */
  async proveConsistency(older: number, newer: number): Promise<Buffer[]> {
    if (older > newer) {
      throw new InputError(
        `A head of ${newer} entries cannot be newer than one of ${older}`,
      );
    }
    await this.head(older);
    await this.head(newer);
    return TreeStore.of(this.#knex).hashesOf(consistencyRanges(older, newer));
  }

  /**
   * Erases what an entry says of people, for ever. The leaf stays, and with it the proof that there was something.
   *
   * @throws NotFoundError when there is no such entry
   */
  async erase(tx: Knex.Transaction, index: number): Promise<void> {
    const erased = await tx(ENTRIES)
      .where({ position: index })
      .update({ record: null, salt: null });
    if (erased === 0) {
      throw new NotFoundError(`There is no entry ${index} in the ledger`);
    }
  }
}
