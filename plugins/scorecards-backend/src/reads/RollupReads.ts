import {
  Rollup,
  RollupCounts,
  RollupDimension,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Adopted } from '../definitions/tables';
import { keysOf } from '../entities/placements';
import { RollupStore } from '../rollups/RollupStore';
import { RollupShape, Tally } from '../rollups/Tally';
import { presentRollup } from './present';
import { EntityReader } from './ReadableEntities';
import { ResultList } from './ResultList';

const NOTHING: RollupCounts = {};

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
    { by, asOf }: { by: RollupDimension; asOf?: Date },
    readable: EntityReader,
  ): Promise<Rollup> {
    const query = { scorecard: name, shape: shapeOf(spec), asOf };
    const read = readable.all
      ? (dimension: RollupDimension | 'all') =>
          this.#rollups.read({ ...query, dimension })
      : await this.#counted(query, readable);
    const [total, items] = await Promise.all([read('all'), read(by)]);
    return {
      scorecard: name,
      by,
      asOf: (asOf ?? this.#clock.now()).toISOString(),
      total: presentRollup(null, total.get('') ?? NOTHING, spec),
      items: [...items].map(([key, counts]) =>
        presentRollup(key, counts, spec),
      ),
    };
  }

  /** Counts one by one what the caller may read. */
  async #counted(
    query: { scorecard: string; shape: RollupShape; asOf?: Date },
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
    return async (dimension: string): Promise<Map<string, RollupCounts>> =>
      new Map(
        [...(tallies.get(dimension) ?? [])]
          .map(([key, tally]) => [key, tally.toCounts()] as const)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      );
  }
}
