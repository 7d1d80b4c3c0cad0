import { InputError } from '@backstage/errors';
import {
  MOST_TREND_POINTS,
  RollupDimension,
  Trend,
} from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { Adopted, DEFINITIONS, DefinitionRow } from '../definitions/tables';
import { presentRollup } from '../reads/present';
import { EntityReader } from '../reads/ReadableEntities';
import { shapeOf } from '../reads/RollupReads';
import { instantAt, RollupStore } from '../rollups';
import { wholeInstants } from './instants';
import { readableSeries } from './readableSeries';
import { settledUntil } from './settledUntil';

const DEFAULT_SPAN = 90 * 24 * 60 * 60_000;

/** Which entities over which time. */
export interface TrendQuery {
  /** All entities when absent. */
  of?: { by: RollupDimension; key: string };
  /** 90 days before the end when absent, or since there is such a scorecard. */
  from?: Date;
  /** The present when absent. */
  to?: Date;
}

/** How entities have fared over time. */
export class TrendReads {
  readonly #knex: Knex;
  readonly #rollups: RollupStore;
  readonly #clock: Clock;

  static create(options: {
    knex: Knex;
    rollups: RollupStore;
    clock: Clock;
  }): TrendReads {
    return new TrendReads(options);
  }

  private constructor(options: Parameters<typeof TrendReads.create>[0]) {
    this.#knex = options.knex;
    this.#rollups = options.rollups;
    this.#clock = options.clock;
  }

  /**
   * @param scorecard - in force at the end
   * @param readable - of the past; whoever may not read all entities is told of those only that he may
   */
  async trend(
    { name, spec }: Adopted<'Scorecard'>,
    { of, ...interval }: TrendQuery,
    readable: EntityReader,
  ): Promise<Trend> {
    const versions = await this.#versions(name);
    const to = interval.to ?? this.#clock.now();
    const begin = Number(versions[0]?.valid_from ?? 0);
    const from =
      interval.from ?? new Date(Math.max(begin, to.getTime() - DEFAULT_SPAN));
    if (from >= to) {
      throw new InputError('from: must be before to');
    }
    const instants = wholeInstants(from, to, MOST_TREND_POINTS);
    const query = {
      scorecard: name,
      shape: shapeOf(spec),
      dimension: of?.by ?? ('all' as const),
      key: of?.key ?? '',
    };
    const tallies = readable.all
      ? await this.#rollups.series(query, instants, settledUntil(this.#clock))
      : await readableSeries(this.#knex, query, instants, readable);
    return {
      scorecard: name,
      by: of?.by ?? null,
      key: of?.key ?? null,
      from: from.toISOString(),
      to: to.toISOString(),
      items: tallies.map((tally, position) => {
        const at = new Date(instantAt(instants, position));
        const { entities, unrated, levels, points, confidence } = presentRollup(
          null,
          tally,
          spec,
        );
        return {
          at: at.toISOString(),
          entities,
          unrated,
          levels,
          points,
          confidence,
        };
      }),
      definitions: versions
        .map(row => ({ at: new Date(Number(row.valid_from)), hash: row.hash }))
        .filter(({ at }) => at >= from && at <= to)
        .map(({ at, hash }) => ({ at: at.toISOString(), hash })),
    };
  }

  async #versions(
    name: string,
  ): Promise<Pick<DefinitionRow, 'valid_from' | 'hash'>[]> {
    return this.#knex(DEFINITIONS)
      .where({ kind: 'Scorecard', name })
      .orderBy('valid_from')
      .select('valid_from', 'hash');
  }
}
