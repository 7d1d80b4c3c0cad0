import {
  Rollup,
  RollupDimension,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Adopted } from '../definitions/tables';
import { Dimension, keysOf } from '../entities/placements';
import {
  pageOf,
  RollupPage,
  Rollups,
  RollupStore,
} from '../rollups/RollupStore';
import { groupOfOne, RollupShape, Tally } from '../rollups/Tally';
import { presentRollup } from './present';
import { EntityReader } from './ReadableEntities';
import { ResultList } from './ResultList';

/** What the positions of results by a definition stand for. */
export const shapeOf = ({ levels, checks }: ScorecardSpec): RollupShape => ({
  levels: levels.map(({ id }) => id),
  checks: checks.map(({ id }) => id),
});

/** Reads the roll-ups of a dimension, of all its keys without a page. */
export type ReadCounts = (
  dimension: Dimension,
  page?: RollupPage,
) => Promise<Rollups>;

/** How the entities of each owner, system, domain or type fare, as it is shown. */
export class RollupReads {
  readonly #rollups: RollupStore;
  readonly #list: ResultList;
  readonly #clock: Clock;

  static create(options: {
    rollups: RollupStore;
    list: ResultList;
    clock: Clock;
  }): RollupReads {
    return new RollupReads(options);
  }

  private constructor(options: Parameters<typeof RollupReads.create>[0]) {
    this.#rollups = options.rollups;
    this.#list = options.list;
    this.#clock = options.clock;
  }

  /** @param readable - whoever may not read all entities is told of those only that he may */
  async rollup(
    { name, spec }: Adopted<'Scorecard'>,
    { by, asOf, ...page }: { by: RollupDimension; asOf?: Date } & RollupPage,
    readable: EntityReader,
  ): Promise<{ rollup: Rollup; after?: string }> {
    const shape = shapeOf(spec);
    const read = await this.counts({ scorecard: name, shape, asOf }, readable);
    const [total, { rows, after }] = await Promise.all([
      read('all'),
      read(by, page),
    ]);
    const rollup = {
      scorecard: name,
      by,
      asOf: (asOf ?? this.#clock.now()).toISOString(),
      total: presentRollup(
        null,
        total.rows.get('') ?? Tally.create(shape),
        spec,
      ),
      items: [...rows].map(([key, tally]) => presentRollup(key, tally, spec)),
    };
    return { rollup, ...(after !== undefined && { after }) };
  }

  /** Counts what the caller may read, for whatever dimension is asked for then. */
  async counts(
    query: { scorecard: string; shape: RollupShape; asOf?: Date },
    readable: EntityReader,
  ): Promise<ReadCounts> {
    return readable.all
      ? (dimension, page) =>
          this.#rollups.read({ ...query, dimension, ...(page && { page }) })
      : this.#counted(query, readable);
  }

  /** Counts one by one. */
  async #counted(
    query: { scorecard: string; shape: RollupShape; asOf?: Date },
    readable: EntityReader,
  ): Promise<ReadCounts> {
    const { scorecard, shape, asOf } = query;
    const tallies = new Map<string, Map<string, Tally>>();
    for await (const { row, layout, placed } of this.#list.readable(
      scorecard,
      { asOf },
      readable,
    )) {
      const one = Tally.create(layout);
      one.count(groupOfOne(row), 1);
      for (const [dimension, key] of keysOf(placed)) {
        const ofDimension = tallies.get(dimension) ?? new Map<string, Tally>();
        tallies.set(dimension, ofDimension);
        const tally = ofDimension.get(key) ?? Tally.create(shape);
        ofDimension.set(key, tally);
        tally.add(one.in(shape));
      }
    }
    return async (dimension, page) => {
      const counted = tallies.get(dimension) ?? new Map<string, Tally>();
      const { keys, after } = pageOf(
        counted.keys(),
        page ?? { limit: Infinity },
      );
      return {
        rows: new Map(keys.map(key => [key, counted.get(key)!])),
        ...(after !== undefined && { after }),
      };
    };
  }
}
