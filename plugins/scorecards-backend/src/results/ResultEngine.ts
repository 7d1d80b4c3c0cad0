import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import { BackgroundLoop, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { transact } from '../database/transact';
import { DefinitionSets, ResultDefinitions } from './DefinitionSets';
import { onMarks } from './dirtySignal';
import { markDue } from './dueQueue';
import { adoptEngine, ENGINE_VERSION, storedEngine } from './engineVersion';
import type { Differences, Leased } from './evaluation/batch';
import type { DefinitionSet } from './evaluation/definitionSet';
import { DifferenceCollector } from './evaluation/DifferenceCollector';
import type { Evaluator } from './evaluation/Evaluator';
import { onlyOf } from './evaluation/onlyOf';
import { postponeLease, releaseLease, settleLease, takeLease } from './leases';
import { loadBatch } from './loadBatch';
import { writeDifferences } from './writeDifferences';

const BATCH = 500;
/** While one batch is evaluated, others are read and written. */
const LANES = 3;
const LEASE_MILLIS = 60_000;
const EVERY_MILLIS = 500;

export interface ResultEngineOptions {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  definitions: ResultDefinitions;
  evaluator: Evaluator;
  /** Called after results have changed, with the last place in the feed; a hint and no promise. */
  onChanged?: (seq: number) => void;
  /** How long others keep away from what this replica evaluates; until then nobody takes over if it dies. */
  leaseMillis?: number;
  /** How often to look for marks of other replicas, and for what is due. */
  everyMillis?: number;
  /** Most entities that are evaluated at a time, 500 when absent. */
  batchSize?: number;
  /** The version of the engine, for tests. */
  engine?: number;
}

/**
 * Evaluates what is dirty, and writes what has changed: leases entities, reads what their results depend on, evaluates,
 * and writes the differences in the transaction that takes the marks away, if they are still the same marks. Any number of
 * replicas may do so at once, and any of them may die at any point.
 */
export class ResultEngine {
  readonly #options: ResultEngineOptions;
  readonly #engine: number;
  readonly #sets: DefinitionSets;
  readonly #loop: BackgroundLoop;
  #endListening = () => {};
  #isOutdated = false;
  #reported: string | undefined;

  static create(options: ResultEngineOptions): ResultEngine {
    return new ResultEngine(options);
  }

  private constructor(options: ResultEngineOptions) {
    const { knex, definitions, logger, everyMillis = EVERY_MILLIS } = options;
    this.#options = options;
    this.#engine = options.engine ?? ENGINE_VERSION;
    this.#sets = DefinitionSets.create(knex, definitions);
    this.#loop = BackgroundLoop.create({
      what: 'evaluate what has changed',
      work: async signal => {
        await this.runOnce(signal);
      },
      everyMillis,
      logger,
    });
  }

  /** Begins to evaluate in the background. */
  async start(): Promise<void> {
    this.#endListening = onMarks(() => this.#loop.wake());
    this.#loop.start();
    this.#loop.wake();
  }

  /** Ends after the batches that are under way. */
  async stop(): Promise<void> {
    this.#endListening();
    await this.#loop.stop();
    await this.#options.evaluator.close();
  }

  /**
   * Evaluates until nothing is dirty that others do not have.
   *
   * @returns how many entities were evaluated
   */
  async runOnce(signal?: AbortSignal): Promise<number> {
    const { knex, clock } = this.#options;
    let evaluated = 0;
    let due: number;
    await this.#adopt();
    if (!(await this.#isCurrent())) return evaluated;
    do {
      due = await markDue(knex, clock.now(), BATCH);
      const lanes = await Promise.allSettled(
        Array.from({ length: LANES }, () => this.#lane(signal)),
      );
      for (const lane of lanes) {
        if (lane.status === 'rejected') throw toError(lane.reason);
        evaluated += lane.value;
      }
    } while (due === BATCH && !signal?.aborted);
    return evaluated;
  }

  async #lane(signal: AbortSignal | undefined): Promise<number> {
    const {
      knex,
      clock,
      batchSize = BATCH,
      leaseMillis = LEASE_MILLIS,
    } = this.#options;
    let evaluated = 0;
    while (!signal?.aborted) {
      const now = clock.now();
      const token = randomUUID();
      const until = new Date(now.getTime() + leaseMillis);
      const leased = await takeLease(knex, { token, until }, now, batchSize);
      if (leased.length === 0) break;
      const giveBack = () =>
        releaseLease(
          knex,
          token,
          leased.map(({ entityId }) => entityId),
        );
      try {
        // Again, since what was leased may have been marked by an engine that came meanwhile.
        if (!(await this.#isCurrent())) {
          await giveBack();
          break;
        }
        await this.#process(token, leased);
      } catch (error) {
        await giveBack();
        throw error;
      }
      evaluated += leased.length;
    }
    return evaluated;
  }

  async #adopt(): Promise<void> {
    const { knex, clock, logger } = this.#options;
    if (await adoptEngine(knex, this.#engine, clock.now())) {
      logger.info(`Evaluating everything with engine ${this.#engine}`);
    }
  }

  /** Whether no replica with a newer engine has come: its marks are not for this one to take away. */
  async #isCurrent(): Promise<boolean> {
    const { knex, logger } = this.#options;
    const stored = await storedEngine(knex);
    const isOutdated = stored !== null && stored > this.#engine;
    if (isOutdated && !this.#isOutdated) {
      logger.warn(
        `Results are of engine ${stored} now: this replica, of engine ${
          this.#engine
        }, evaluates no more`,
      );
    }
    this.#isOutdated = isOutdated;
    return !isOutdated;
  }

  async #process(token: string, leased: Leased[]): Promise<void> {
    const set = await this.#sets.current();
    let differences: Differences | undefined;
    try {
      differences = await this.#evaluate(set, leased);
    } catch (error) {
      // When not even nothing can be evaluated, the fault is in no entity, and all of them keep their marks.
      await this.#evaluate(set, []);
      if (leased.length === 1) {
        const failure = new DifferenceCollector();
        failure.fail(leased[0].entityId, error);
        ({ differences } = failure);
      }
    }
    if (differences) {
      await this.#write(token, leased, differences);
      return;
    }
    // Too much at once, or one among them that cannot be evaluated at all: it never stops the rest.
    const half = Math.ceil(leased.length / 2);
    await this.#process(token, leased.slice(0, half));
    await this.#process(token, leased.slice(half));
  }

  /** @returns undefined when it is too much to be held at once */
  async #evaluate(
    set: DefinitionSet,
    leased: Leased[],
  ): Promise<Differences | undefined> {
    const { knex, clock, evaluator } = this.#options;
    const batch = await loadBatch(
      knex,
      leased,
      set.sources.map(({ sourceId }) => sourceId),
      clock.now(),
    );
    if (!batch) return undefined;
    const differences = await evaluator.evaluate(set, batch);
    this.#report(set, differences);
    return differences;
  }

  async #write(
    token: string,
    leased: Leased[],
    differences: Differences,
  ): Promise<void> {
    const { knex, clock, logger, onChanged } = this.#options;
    const failed = new Set(differences.failed.map(({ entityId }) => entityId));
    for (const { entityId, error } of differences.failed) {
      logger.error(
        `Could not evaluate entity ${entityId}, will try again: ${error}`,
      );
    }
    const entityIds = leased.map(({ entityId }) => entityId);
    const evaluated = entityIds.filter(entityId => !failed.has(entityId));
    let passedOver: number[] = [];
    const head = await transact(knex, async tx => {
      await postponeLease(tx, token, [...failed], clock.now());
      const settled = await settleLease(tx, token, evaluated);
      passedOver = evaluated.filter(entityId => !settled.has(entityId));
      const valid =
        settled.size === leased.length
          ? differences
          : onlyOf(differences, settled);
      return writeDifferences(tx, valid, clock.now());
    });
    // Most are marked again and leased no more; one whose row another lane just looked at would wait for the lease to end.
    if (passedOver.length > 0) {
      await transact(knex, tx => releaseLease(tx, token, passedOver));
    }
    if (head) onChanged?.(head.seq);
  }

  #report({ version }: DefinitionSet, { unusable }: Differences): void {
    const { logger } = this.#options;
    if (this.#reported === version) return;
    this.#reported = version;
    for (const { name, problems } of unusable) {
      const [{ path, reason }] = problems;
      logger.warn(
        `Results of scorecard ${name} stay as they are, its rules do not fit the fact sources: ${path}: ${reason}`,
      );
    }
  }
}
