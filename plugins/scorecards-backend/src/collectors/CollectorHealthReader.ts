import { CollectorHealth } from '@waymark/scorecards-common';
import { FactCollector } from '@waymark/scorecards-node';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { Outage, OutageStore } from '../outages/OutageStore';
import { CollectorRow, COLLECTORS, PARTITIONS, TARGETS } from './tables';

type Options = {
  knex: Knex;
  collectors: readonly Pick<FactCollector, 'id' | 'sources'>[];
  clock: Clock;
};

type Count = number | string | null;

/** Tells how collectors fare, on all replicas together. */
export class CollectorHealthReader {
  readonly #knex: Knex;
  readonly #collectors: Options['collectors'];
  readonly #clock: Clock;

  static create(options: Options): CollectorHealthReader {
    return new CollectorHealthReader(options);
  }

  private constructor({ knex, collectors, clock }: Options) {
    this.#knex = knex;
    this.#collectors = collectors;
    this.#clock = clock;
  }

  /** Every collector, in the order of their ids. */
  async list(): Promise<CollectorHealth[]> {
    const sorted = [...this.#collectors].sort((a, b) => (a.id < b.id ? -1 : 1));
    return Promise.all(sorted.map(collector => this.#health(collector)));
  }

  async #health({
    id,
    sources,
  }: Options['collectors'][number]): Promise<CollectorHealth> {
    const now = this.#clock.now().getTime();
    const ofCollector = (table: string) =>
      this.#knex(table).where({ collector: id });
    const count = (query: Knex.QueryBuilder) => query.count({ count: '*' });
    const [
      row,
      [entities],
      [failed],
      [overdue],
      [running],
      last,
      next,
      wrong,
      outages,
    ] = await Promise.all([
      ofCollector(COLLECTORS).first() as Promise<CollectorRow | undefined>,
      count(ofCollector(TARGETS)),
      count(ofCollector(TARGETS).where('failures', '>', 0)),
      count(ofCollector(TARGETS).where('due_at', '<=', now)),
      count(ofCollector(PARTITIONS).where('lease_until', '>', now)),
      ofCollector(PARTITIONS)
        .whereNotNull('started_at')
        .orderBy('started_at', 'desc')
        .first('started_at', 'duration'),
      ofCollector(PARTITIONS).min({ at: 'due_at' }).first(),
      ofCollector(PARTITIONS)
        .whereNotNull('error')
        .orderBy('started_at', 'desc')
        .first('error'),
      OutageStore.of(this.#knex).ofSources([...sources]),
    ]);
    const due = laterOf(next?.at ?? null, row?.paused_until ?? null);
    return {
      id,
      sources: [...sources],
      entities: Number(entities.count),
      failed: Number(failed.count),
      overdue: Number(overdue.count),
      running: Number(running.count),
      lastRun: last ? iso(last.started_at) : null,
      durationMillis: last?.duration ?? null,
      next: due === null ? null : iso(due),
      error:
        row?.definitions === ''
          ? `None of its fact sources is in force: ${sources.join(', ')}`
          : wrong?.error ?? null,
      outage: outageOf(outages),
    };
  }
}

function iso(millis: number | string): string {
  return new Date(Number(millis)).toISOString();
}

/** Whatever is due, a collector that was refused waits. */
function laterOf(due: Count, pausedUntil: Count): number | null {
  return due === null ? null : Math.max(Number(due), Number(pausedUntil ?? 0));
}

function outageOf(outages: Outage[]): CollectorHealth['outage'] {
  if (outages.length === 0) {
    return null;
  }
  return {
    since: outages.map(({ validFrom }) => validFrom.toISOString()).sort()[0],
    wholeSource: outages.some(({ entityId }) => entityId === undefined),
  };
}
