import {
  Rollup,
  RollupDimension,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Adopted } from '../definitions/tables';
import { keysOf } from '../entities/placements';
import {
  pageOf,
  RollupPage,
  Rollups,
  RollupStore,
} from '../rollups/RollupStore';
import { RollupShape, Tally } from '../rollups/Tally';
import { presentRollup } from './present';
import { EntityReader } from './ReadableEntities';
import { ResultList } from './ResultList';

const shapeOf = ({ levels, checks }: ScorecardSpec): RollupShape => ({
  levels: levels.map(({ id }) => id),
  checks: checks.map(({ id }) => id),
});

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
    const query = { scorecard: name, shape: shapeOf(spec), asOf };
    const read = readable.all
      ? (dimension: RollupDimension | 'all') =>
          this.#rollups.read({ ...query, dimension, page })
      : await this.#counted(query, page, readable);
    const [total, { rows, after }] = await Promise.all([read('all'), read(by)]);
    const rollup = {
      scorecard: name,
      by,
      asOf: (asOf ?? this.#clock.now()).toISOString(),
      total: presentRollup(
        null,
        total.rows.get('') ?? Tally.create(query.shape),
        spec,
      ),
      items: [...rows].map(([key, tally]) => presentRollup(key, tally, spec)),
    };
    return { rollup, ...(after !== undefined && { after }) };
  }

  /** Counts one by one what the caller may read. */
  async #counted(
    query: { scorecard: string; shape: RollupShape; asOf?: Date },
    page: RollupPage,
    readable: EntityReader,
  ) {
    const { scorecard, shape, asOf } = query;
    const tallies = new Map<string, Map<string, Tally>>();
    for await (const { row, layout, placed } of this.#list.readable(
      scorecard,
      { asOf },
      readable,
    )) {
      const one = Tally.create(layout);
      one.count(
        {
          entities: 1,
          level: row.level ?? null,
          withPoints: row.points === undefined ? 0 : 1,
          points: row.points ?? 0,
          withConfidence: row.confidence === undefined ? 0 : 1,
          confidence: row.confidence ?? 0,
          results: row.results,
        },
        1,
      );
      for (const [dimension, key] of keysOf(placed)) {
        const ofDimension = tallies.get(dimension) ?? new Map<string, Tally>();
        tallies.set(dimension, ofDimension);
        const tally = ofDimension.get(key) ?? Tally.create(shape);
        ofDimension.set(key, tally);
        tally.add(one.in(shape));
      }
    }
    return async (dimension: string): Promise<Rollups> => {
      const counted = tallies.get(dimension) ?? new Map<string, Tally>();
      const { keys, after } = pageOf(counted.keys(), page);
      return {
        rows: new Map(keys.map(key => [key, counted.get(key)!])),
        ...(after !== undefined && { after }),
      };
    };
  }
}
