import { Knex } from 'knex';
import { Notice, writeNotices } from '../notices';
import { DigestRow, DIGESTS } from './tables';

const DAY_MILLIS = 86_400_000;
const WEEK_DAYS = 7;
/** Another day or time of the week must not bring two digests in one week. */
const LEAST_DAYS = 6;
/** What happened before the portal was away for long is no news. */
const MOST_DAYS = 28;

/** How far the digest of a week has come. */
export interface DigestWeek {
  due: Date;
  since: Date;
  /** Owners up to this ref have theirs. */
  afterOwner: string;
}

const daysBetween = ({ due_at }: DigestRow, due: Date) =>
  (due.getTime() - Number(due_at)) / DAY_MILLIS;

function toWeek(row: DigestRow): DigestWeek | undefined {
  if (row.finished_at !== null) return undefined;
  return {
    due: new Date(Number(row.due_at)),
    since: new Date(Number(row.since)),
    afterOwner: row.after_owner,
  };
}

/** How far digests have come, shared by all replicas. */
export class DigestProgress {
  readonly #knex: Knex;

  static of(knex: Knex): DigestProgress {
    return new DigestProgress(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The digest that is to be made, begun by whichever replica comes first.
   *
   * @param due - the last instant at which one was due
   */
  async current(due: Date): Promise<DigestWeek | undefined> {
    const last: DigestRow | undefined = await this.#knex(DIGESTS)
      .orderBy('due_at', 'desc')
      .first();
    if (last && daysBetween(last, due) < LEAST_DAYS) return toWeek(last);
    await this.#knex(DIGESTS)
      .insert({
        due_at: due.getTime(),
        since: await this.#since(due),
        after_owner: '',
      })
      .onConflict('due_at')
      .ignore();
    const row = await this.#knex(DIGESTS)
      .where({ due_at: due.getTime() })
      .first();
    return toWeek(row);
  }

  /**
   * Writes what owners are to be told.
   *
   * @param page - `lastOwner` is the last of them; absent at the end
   * @returns false when another replica has done so meanwhile: what was made is to be thrown away
   */
  async advance(
    { due, afterOwner }: DigestWeek,
    page: { notices: readonly Notice[]; lastOwner?: string },
    now: Date,
  ): Promise<boolean> {
    return this.#knex.transaction(async tx => {
      const moved = await tx(DIGESTS)
        .where({ due_at: due.getTime(), after_owner: afterOwner })
        .whereNull('finished_at')
        .update(
          page.lastOwner === undefined
            ? { finished_at: now.getTime() }
            : { after_owner: page.lastOwner },
        );
      if (moved !== 1) return false;
      await writeNotices(tx, page.notices, now);
      return true;
    });
  }

  /** Nothing falls between two digests, and nothing is told in both. */
  async #since(due: Date): Promise<number> {
    const finished: DigestRow | undefined = await this.#knex(DIGESTS)
      .whereNotNull('finished_at')
      .orderBy('due_at', 'desc')
      .first();
    return finished && daysBetween(finished, due) <= MOST_DAYS
      ? Number(finished.due_at)
      : due.getTime() - WEEK_DAYS * DAY_MILLIS;
  }
}
