import { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { EventsService } from '@backstage/plugin-events-node';
import { FactCollector, HostGate } from '@waymark/scorecards-node';
import { BackgroundLoop, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { EntityStore } from '../entities/EntityStore';
import { FactIntake } from '../intake/FactIntake';
import { CompiledFactSources, FactSourceDefinitions } from '../intake/sources';
import { EntityFollower, FollowedCollector } from './EntityFollower';
import { ClaimedPartition, PartitionQueue } from './PartitionQueue';
import { requestEntities, requestPartitions } from './partitionRows';
import { PartitionRunner } from './PartitionRunner';
import { planOf } from './plan';
import { RetryPolicy } from './RetryPolicy';
import { RunRecorder } from './RunRecorder';
import { CollectorRow, COLLECTORS, PRIORITY } from './tables';

const EVERY_MILLIS = 1_000;

/** What {@link CollectorRunner} needs. */
export interface CollectorRunnerOptions {
  knex: Knex;
  collectors: readonly FactCollector[];
  definitions: FactSourceDefinitions;
  intake: Pick<FactIntake, 'writeEach'>;
  clock: Clock;
  logger: LoggerService;
  /** Events make collectors run before they are due. */
  events?: Pick<EventsService, 'subscribe'>;
  hosts?: HostGate;
  retries?: RetryPolicy;
  /** Partitions of one collector that this replica runs at a time by schedule; 4 when absent. */
  concurrency?: number;
  /** How often the lease of a partition is renewed while it runs; 20,000 when absent. */
  renewMillis?: number;
}

/** Slots that only what somebody waits for may take. */
const RESERVED = 2;

/**
 * Runs the collectors: when their fact sources say, when an entity is new or has changed, and when somebody asks. Each
 * collector has slots of its own on every replica, and what is due is shared through rows with leases.
 */
export class CollectorRunner {
  readonly #options: CollectorRunnerOptions;
  readonly #sources: CompiledFactSources;
  readonly #follower: EntityFollower;
  readonly #queue: PartitionQueue;
  readonly #runner: PartitionRunner;
  readonly #retries: RetryPolicy;
  readonly #loop: BackgroundLoop;
  readonly #stopping = new AbortController();
  #isStarted = false;
  /** By id of the collector. */
  readonly #running = new Map<string, Set<Promise<void>>>();

  static create(options: CollectorRunnerOptions): CollectorRunner {
    return new CollectorRunner(options);
  }

  private constructor(options: CollectorRunnerOptions) {
    const { knex, clock, logger, intake } = options;
    this.#options = options;
    this.#sources = CompiledFactSources.create(options.definitions);
    this.#follower = EntityFollower.create({ knex, logger });
    this.#queue = PartitionQueue.of(knex);
    this.#retries = options.retries ?? RetryPolicy.create();
    this.#runner = PartitionRunner.create({
      knex,
      clock,
      renewMillis: options.renewMillis,
      hosts: options.hosts ?? HostGate.create(),
      recorder: RunRecorder.create({
        knex,
        clock,
        intake,
        retries: this.#retries,
      }),
    });
    this.#loop = BackgroundLoop.create({
      what: 'run the fact collectors',
      work: async () => {
        if (await this.#turn()) {
          this.#wake();
        }
      },
      everyMillis: EVERY_MILLIS,
      logger,
    });
    options.collectors.forEach(({ id }) => this.#running.set(id, new Set()));
  }

  /** Begins to run what is due, and to listen to events. */
  async start(): Promise<void> {
    const { collectors, events, knex, clock } = this.#options;
    // Whoever was refused may have other credentials now, but may also be started again and again.
    const soon = this.#retries.after(1, clock.now(), undefined).getTime();
    await knex(COLLECTORS)
      .where('paused_until', '>', soon)
      .update({ paused_until: soon });
    const topics = collectors.flatMap(
      collector => collector.events?.topics ?? [],
    );
    if (events && topics.length > 0) {
      await events.subscribe({
        id: 'scorecards-collectors',
        topics: [...new Set(topics)],
        onEvent: ({ topic, eventPayload }) =>
          this.#onEvent({ topic, payload: eventPayload }),
      });
    }
    this.#isStarted = true;
    this.#loop.start();
    this.#wake();
  }

  /** Ends; what was under way stays due. */
  async stop(): Promise<void> {
    this.#stopping.abort(new Error('The portal stops'));
    await this.#loop.stop();
    await this.#settled();
  }

  /** Follows the entities and runs whatever is due, until nothing is. For tests and commands; the loop does it otherwise. */
  async runOnce(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted && (await this.#turn())) {
      await this.#settled();
    }
  }

  /** Has all that collectors know of some entities collected as soon as possible, on any replica. */
  async collectNow(entityRefs: string[]): Promise<void> {
    const { knex, clock, collectors } = this.#options;
    const entities = await EntityStore.of(knex).byRefs(entityRefs);
    const ids = entities.map(({ id }) => id);
    await transact(knex, async tx => {
      for (const { id } of collectors) {
        await requestEntities(tx, id, ids, {
          priority: PRIORITY.asked,
          dueAt: clock.now(),
        });
      }
    });
    this.#wake();
  }

  async #onEvent(event: { topic: string; payload: unknown }): Promise<void> {
    const { knex, collectors, clock, logger } = this.#options;
    for (const { id, events } of collectors) {
      if (events?.topics.includes(event.topic)) {
        try {
          const keys = events.partitionsOf(event);
          await transact(knex, tx =>
            requestPartitions(tx, id, keys, clock.now()),
          );
        } catch (error) {
          logger.warn(
            `The collector ${id} could not follow an event of topic ${event.topic}; its next scheduled run will`,
            toError(error),
          );
        }
      }
    }
    this.#wake();
  }

  #wake(): void {
    if (this.#isStarted) {
      this.#loop.wake();
    }
  }

  /** @returns whether there may be more to do at once */
  async #turn(): Promise<boolean> {
    const { collectors, definitions, logger } = this.#options;
    const sources = await this.#sources.byId();
    const { factSources } = await definitions.inForce();
    let isBusy = false;
    for (const collector of collectors) {
      try {
        const hasMore = await this.#attend({
          collector,
          plan: planOf(collector, factSources),
          sources: collector.sources.flatMap(id => sources.get(id) ?? []),
        });
        isBusy ||= hasMore;
      } catch (error) {
        // One collector in trouble must not keep the others from running.
        logger.error(
          `Could not attend to the collector ${collector.id}, will try again`,
          toError(error),
        );
      }
    }
    return isBusy;
  }

  async #attend(followed: FollowedCollector): Promise<boolean> {
    const { knex, clock, concurrency = 4 } = this.#options;
    const { id } = followed.collector;
    const isUpToDate = await this.#follower.follow(followed, clock.now());
    const row: CollectorRow = await knex(COLLECTORS)
      .where({ collector: id })
      .first();
    const now = clock.now();
    if (Number(row.paused_until ?? 0) > now.getTime()) {
      return !isUpToDate;
    }
    const running = this.#running.get(id)!;
    const isRefused = row.refusals > 0;
    const claim = (slots: number, mostPriority: number) =>
      this.#queue.claim(id, { limit: slots - running.size, mostPriority }, now);
    const all = await claim(isRefused ? 1 : concurrency, PRIORITY.scheduled);
    all.forEach(claimed => this.#begin(followed, claimed));
    if (isRefused) {
      return !isUpToDate || all.length > 0;
    }
    const urgent = await claim(concurrency + RESERVED, PRIORITY.asked);
    urgent.forEach(claimed => this.#begin(followed, claimed));
    return !isUpToDate || all.length + urgent.length > 0;
  }

  #begin(followed: FollowedCollector, claimed: ClaimedPartition): void {
    const running = this.#running.get(claimed.collector)!;
    const run = this.#run(followed, claimed).finally(() => {
      running.delete(run);
      // Its slot is free.
      this.#wake();
    });
    running.add(run);
  }

  async #run(
    followed: FollowedCollector,
    claimed: ClaimedPartition,
  ): Promise<void> {
    const { logger } = this.#options;
    const what = `${claimed.collector}, ${claimed.key}`;
    try {
      const recorded = await this.#runner.run(
        followed,
        claimed,
        this.#stopping.signal,
      );
      if (recorded?.error !== undefined && recorded.error !== claimed.error) {
        logger.warn(
          `Collected ${recorded.written} facts (${what}), ${recorded.failed} could not be collected: ${recorded.error}`,
        );
      }
    } catch (error) {
      // The lease runs out, and then it is tried again.
      logger.error(`Could not collect facts (${what})`, toError(error));
    }
  }

  async #settled(): Promise<void> {
    await Promise.all([...this.#running.values()].flatMap(runs => [...runs]));
  }
}
