import { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { RESULT_HEAD } from '../results/tables';
import { RollupShape } from '../rollups';
import { lastSeqAt } from '../rollups/lastSeqAt';
import { readWays, Ways } from './readWalks';
import { Walk, walk } from './walk';

/** Of all that are kept; each takes less than a kilobyte. */
const MOST_WALKS = 100_000;
/** So that what is evaluated anew is shown at last. */
const KEPT_MS = 600_000;

interface Kept {
  /** The place in the feed of results up to which they go. */
  readonly until: number;
  readonly ways: Ways;
  readonly walks: ReadonlyMap<number, Walk>;
  readonly list: readonly Walk[];
}

/** The ways of all entities since an instant: read once, and then only what has been said since. */
export class KeptWalks {
  readonly #knex: Knex;
  readonly #kept = new LRUCache<string, Promise<Kept>>({
    maxSize: MOST_WALKS,
    ttl: KEPT_MS,
  });

  static of(knex: Knex): KeptWalks {
    return new KeptWalks(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * @param shape - in whose levels it is told
   * @returns the same list as before, where nothing has been said since
   */
  async read(
    scorecard: string,
    shape: RollupShape,
    since: Date,
  ): Promise<readonly Walk[]> {
    const id = JSON.stringify([scorecard, shape, since.getTime()]);
    const before = this.#kept.get(id);
    // One after the other: both would add the same steps.
    const reading = (before ?? Promise.resolve(undefined))
      .catch(() => undefined)
      .then(kept => this.#goOn(scorecard, shape, since, kept));
    this.#kept.set(id, reading, {
      size: this.#kept.info(id)?.size ?? 1,
      noUpdateTTL: true,
    });
    try {
      const { walks, list } = await reading;
      if (this.#kept.peek(id) === reading) {
        this.#kept.set(id, reading, {
          size: walks.size + 1,
          noUpdateTTL: true,
        });
      }
      return list;
    } catch (error) {
      if (this.#kept.peek(id) === reading) this.#kept.delete(id);
      throw error;
    }
  }

  async #goOn(
    scorecard: string,
    shape: RollupShape,
    since: Date,
    kept?: Kept,
  ): Promise<Kept> {
    const knex = this.#knex;
    const head = await knex(RESULT_HEAD).where({ id: 1 }).first('seq');
    const until = Number(head.seq);
    const after = kept?.until ?? (await lastSeqAt(knex, since.getTime()));
    if (kept && until === after) return kept;
    const gone = await readWays(
      knex,
      scorecard,
      shape,
      query => query.where('seq', '>', after).where('seq', '<=', until),
      kept?.ways,
    );
    const walks = new Map(kept?.walks);
    for (const [entityId, way] of gone) {
      if (way) walks.set(entityId, walk(way.from, way.steps));
    }
    return {
      until,
      ways: new Map([...(kept?.ways ?? []), ...gone]),
      walks,
      list: [...walks.values()],
    };
  }
}
