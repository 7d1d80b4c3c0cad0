import { isDatabaseConflictError } from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { Ledger } from '@waymark/ledger-node';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { isAmong } from '../database/lists';
import { writeNotices } from '../notices';
import { Exemption, Subject } from './core/Exemption';
import { nextAt } from './core/due';
import { pendingApprovals } from './core/decide';
import { ledgerEntriesOf } from './ledgerEntries';
import { noticeNames } from './noticeNames';
import { Delegates, noticesOf } from './notices';
import {
  APPROVERS,
  ExemptionRow,
  EXEMPTIONS,
  OPEN,
  RecordRow,
  RECORDS,
} from './tables';
import { writeGrants } from './writeGrants';

const CHUNK = 100;

/** The part of the ledger that is written to. */
export type ExemptionLedger = Pick<Ledger, 'append'>;

/** An exemption as it was read. */
export interface StoredExemption {
  number: number;
  version: number;
  exemption: Exemption;
}

type Document = Omit<
  Exemption,
  'id' | 'scorecard' | 'check' | 'state' | 'subjects'
>;

/** Exemptions, with all that follows from their steps: what is exempted, the ledger, notices, what to evaluate anew. */
export class ExemptionStore {
  readonly #knex: Knex;

  /** @param knex - or a transaction, to read what it has written */
  static of(knex: Knex): ExemptionStore {
    return new ExemptionStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** @throws NotFoundError */
  async byId(id: string): Promise<StoredExemption> {
    const row: Pick<ExemptionRow, 'number'> | undefined = await this.#knex(
      EXEMPTIONS,
    )
      .where({ id })
      .first('number');
    if (!row) throw new NotFoundError(`There is no exemption ${id}`);
    const [found] = await this.byNumbers([row.number]);
    return found;
  }

  /** In the order of the numbers. */
  async byNumbers(numbers: readonly number[]): Promise<StoredExemption[]> {
    const found = new Map<number, StoredExemption>();
    for (const some of chunks([...numbers], CHUNK)) {
      const rows: ExemptionRow[] = await this.#knex(EXEMPTIONS).whereIn(
        'number',
        some,
      );
      const records: RecordRow[] = await this.#knex(RECORDS)
        .whereRaw(isAmong(this.#knex, 'exemption', some))
        .orderBy(['exemption', 'position']);
      for (const row of rows) {
        found.set(row.number, {
          number: row.number,
          version: row.version,
          exemption: toExemption(
            row,
            records.filter(({ exemption }) => exemption === row.number),
          ),
        });
      }
    }
    return numbers.flatMap(number => found.get(number) ?? []);
  }

  /** Numbers of those that the portal has something to do with by now. */
  async due(now: Date, limit: number): Promise<number[]> {
    return this.#knex(EXEMPTIONS)
      .where('next_at', '<=', now.getTime())
      .orderBy('next_at')
      .limit(limit)
      .pluck('number');
  }

  /**
   * Writes a step with all that follows from it.
   *
   * @param before - as it was read; undefined for a new one
   * @throws ConflictError when somebody else has written meanwhile, this one or another one of the same check
   */
  async write(
    tx: Knex.Transaction,
    before: StoredExemption | undefined,
    after: Exemption,
    options: { ledger: ExemptionLedger; now: Date; delegates?: Delegates },
  ): Promise<StoredExemption> {
    const { ledger, now, delegates } = options;
    const version = (before?.version ?? 0) + 1;
    const number = await writeRow(tx, before, after, version);
    await tx(RECORDS).where({ exemption: number }).delete();
    await tx.batchInsert(
      RECORDS,
      after.subjects.map((subject, position) =>
        toRecord(subject, number, position),
      ),
      CHUNK,
    );
    await writeOpen(tx, number, after);
    await tx(APPROVERS).where({ exemption: number }).delete();
    const groups = pendingApprovals(after).flatMap(({ group, by }) =>
      by === undefined ? [group] : [],
    );
    if (groups.length > 0) {
      await tx(APPROVERS).insert(
        [...new Set(groups)].map(group_ref => ({
          exemption: number,
          group_ref,
        })),
      );
    }
    await writeGrants(tx, number, before?.exemption, after, now);
    for (const { at, ...entry } of ledgerEntriesOf(before?.exemption, after)) {
      await ledger.append(tx, entry, at);
    }
    const notices = noticesOf(
      before?.exemption,
      after,
      await noticeNames(tx, before?.exemption, after),
      delegates,
    );
    await writeNotices(tx, notices, now);
    return { number, version, exemption: after };
  }
}

async function writeOpen(
  tx: Knex.Transaction,
  number: number,
  { scorecard, check, subjects }: Exemption,
): Promise<void> {
  const open = subjects.flatMap(({ state, entityId }) =>
    state === 'requested' || state === 'approved' ? [entityId] : [],
  );
  await tx(OPEN).where({ exemption: number }).delete();
  try {
    await tx.batchInsert(
      OPEN,
      open.map(entity_id => ({
        ...{ entity_id, scorecard, check_id: check },
        exemption: number,
      })),
      CHUNK,
    );
  } catch (error) {
    if (!isDatabaseConflictError(error)) throw error;
    throw new ConflictError(
      `subject: one of them has an exemption of ${check} already`,
    );
  }
}

async function writeRow(
  tx: Knex.Transaction,
  before: StoredExemption | undefined,
  after: Exemption,
  version: number,
): Promise<number> {
  const { id, scorecard, check, state, subjects: _, ...rest } = after;
  const row = {
    ...{ id, version, scorecard, check_id: check, state },
    next_at: nextAt(after) ?? null,
    document: JSON.stringify(rest satisfies Document),
  };
  if (!before) {
    const [{ number }]: Pick<ExemptionRow, 'number'>[] = await tx(EXEMPTIONS)
      .insert(row)
      .returning('number');
    return number;
  }
  const written = await tx(EXEMPTIONS)
    .where({ number: before.number, version: before.version })
    .update(row);
  if (written !== 1) {
    throw new ConflictError(
      'Somebody else has decided about this exemption meanwhile; look at it again',
    );
  }
  return before.number;
}

function toRecord(
  subject: Subject,
  exemption: number,
  position: number,
): RecordRow {
  return {
    exemption,
    position,
    entity_id: subject.entityId,
    subject: subject.ref,
    state: subject.state,
    ended_at: subject.endedAt ?? null,
    look_at: subject.lookAt ?? null,
  };
}

function toExemption(row: ExemptionRow, records: RecordRow[]): Exemption {
  return {
    ...(JSON.parse(row.document) as Document),
    id: row.id,
    scorecard: row.scorecard,
    check: row.check_id,
    state: row.state as Exemption['state'],
    subjects: records.map(
      ({ entity_id, subject, state, ended_at, look_at }) => ({
        entityId: entity_id,
        ref: subject,
        state: state as Subject['state'],
        ...(ended_at !== null && { endedAt: Number(ended_at) }),
        ...(look_at !== null && { lookAt: Number(look_at) }),
      }),
    ),
  };
}
