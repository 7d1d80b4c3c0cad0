import { CollectTarget, HostGate } from '@waymark/scorecards-node';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { EntityStore } from '../entities/EntityStore';
import { FactStore } from '../facts/FactStore';
import { Fact } from '../facts/tables';
import { callCollector } from './callCollector';
import { FollowedCollector } from './EntityFollower';
import { judgeRun, RunTarget } from './judgeRun';
import { ClaimedPartition, PartitionQueue } from './PartitionQueue';
import { RecordedRun, RunRecorder } from './RunRecorder';
import { placeOf, previousFacts, toCollected } from './targets';

/** Well before a lease is over. */
const RENEW_MILLIS = 20_000;

type Options = {
  knex: Knex;
  recorder: RunRecorder;
  hosts: HostGate;
  clock: Clock;
  /** How often a lease is renewed. */
  renewMillis?: number;
};

/** Runs a collector for one partition that this replica holds the lease of. */
export class PartitionRunner {
  readonly #entities: EntityStore;
  readonly #facts: FactStore;
  readonly #queue: PartitionQueue;
  readonly #recorder: RunRecorder;
  readonly #hosts: HostGate;
  readonly #clock: Clock;
  readonly #renewMillis: number;

  static create(options: Options): PartitionRunner {
    return new PartitionRunner(options);
  }

  private constructor(options: Options) {
    const {
      knex,
      recorder,
      hosts,
      clock,
      renewMillis = RENEW_MILLIS,
    } = options;
    this.#renewMillis = renewMillis;
    this.#entities = EntityStore.of(knex);
    this.#facts = FactStore.of(knex);
    this.#queue = PartitionQueue.of(knex);
    this.#recorder = recorder;
    this.#hosts = hosts;
    this.#clock = clock;
  }

  /**
   * @param stopping - ends the run before its time; the partition stays due
   * @returns undefined when the run was ended that way
   */
  async run(
    followed: FollowedCollector,
    claimed: ClaimedPartition,
    stopping: AbortSignal,
  ): Promise<RecordedRun | undefined> {
    const lost = new AbortController();
    const renewal = setInterval(() => {
      this.#queue.renew(claimed, this.#clock.now()).then(
        isHeld => isHeld || lost.abort(new Error('Another replica runs it')),
        // The database is away for a moment; the lease lasts a while longer.
        () => {},
      );
    }, this.#renewMillis);
    renewal.unref();
    const signal = AbortSignal.any([stopping, lost.signal]);
    try {
      return await this.#run(followed, claimed, signal);
    } finally {
      clearInterval(renewal);
    }
  }

  async #run(
    followed: FollowedCollector,
    claimed: ClaimedPartition,
    signal: AbortSignal,
  ): Promise<RecordedRun | undefined> {
    const { collector, plan } = followed;
    const startedAt = this.#clock.now();
    const start = performance.now();
    const targets = await this.#targets(followed, claimed);
    const present = new Set(targets.map(({ entityId }) => entityId));
    const { key, host, state } = claimed;
    const answer = await callCollector(collector, {
      partition: { key, ...(host !== undefined && { host }) },
      entities: targets.map(({ target }) => target),
      isWhole: claimed.isWhole,
      state,
      hosts: this.#hosts,
      now: startedAt,
      timeoutMillis: plan.timeoutMillis,
      signal,
    });
    if (signal.aborted) {
      await this.#queue.release(claimed);
      return undefined;
    }
    return this.#recorder.record({
      claimed,
      plan,
      findings: judgeRun(targets, answer),
      attestations: answer.attestations,
      skipped: claimed.targets.filter(({ entityId }) => !present.has(entityId)),
      startedAt,
      durationMillis: performance.now() - start,
      state: answer.state,
    });
  }

  /** The entities of the partition that still belong there. */
  async #targets(
    { collector, sources }: FollowedCollector,
    { key, targets }: ClaimedPartition,
  ): Promise<RunTarget[]> {
    const ids = targets.map(({ entityId }) => entityId);
    const facts = new Map<number, Fact[]>();
    for (const fact of await this.#facts.read(ids)) {
      facts.set(fact.entityId, [...(facts.get(fact.entityId) ?? []), fact]);
    }
    const failures = new Map(targets.map(one => [one.entityId, one.failures]));
    return (await this.#entities.byIds(ids)).flatMap(entity => {
      const applying = sources.filter(source =>
        source.appliesTo(entity.entity),
      );
      const collected = toCollected(entity);
      if (
        entity.deletedAt ||
        applying.length === 0 ||
        placeOf(collector, entity)?.key !== key
      ) {
        return [];
      }
      const target: CollectTarget = {
        ...collected,
        previous: previousFacts(collector.id, facts.get(entity.id) ?? []),
      };
      return {
        entityId: entity.id,
        failures: failures.get(entity.id)!,
        target,
        sources: applying.map(({ spec }) => spec.id),
      };
    });
  }
}
