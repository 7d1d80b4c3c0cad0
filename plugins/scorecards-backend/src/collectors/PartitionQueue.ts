import { JsonObject } from '@backstage/types';
import { Knex } from 'knex';
import { randomUUID } from 'node:crypto';
import { isAmong } from '../database/lists';
import { dropEmpty } from './partitionRows';
import {
  PartitionRow,
  PARTITIONS,
  PRIORITY,
  TargetRow,
  TARGETS,
} from './tables';

/** A replica that died holds its partitions no longer than this. */
const LEASE_MILLIS = 60_000;

/** The rest stays due: a run must not keep the replica from everything else. */
const MOST_TARGETS = 500;

/** A partition that this replica alone runs, until the lease is over. */
export interface ClaimedPartition {
  id: number;
  collector: string;
  key: string;
  host?: string;
  state?: JsonObject;
  token: string;
  /** Requests that this run answers; later ones are answered by another. */
  requests: number;
  /** Of the last run. */
  error?: string;
  /** The entities that are due, or all of them where the collector remembers something and there are not too many. */
  targets: { entityId: number; failures: number }[];
  /** Whether these are known to be all. */
  isWhole: boolean;
}

/** When the facts of entities are collected the next time. */
export interface TargetOutcome {
  entityId: number;
  failures: number;
  /** Undefined: not until asked for. */
  dueAt: Date | undefined;
}

/** What a run leaves behind. */
export interface FinishedRun {
  startedAt: Date;
  durationMillis: number;
  targets: TargetOutcome[];
  /** What went wrong; undefined when nothing did. */
  error: string | undefined;
  /** What the collector remembers from now on; undefined when that has not changed. */
  state: JsonObject | undefined;
}

/**
 * Which partitions are due, and who runs them. All of it is rows, so that any replica goes on where another one was
 * killed.
 */
export class PartitionQueue {
  readonly #knex: Knex;

  static of(knex: Knex): PartitionQueue {
    return new PartitionQueue(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Takes leases on partitions that are due, the most urgent ones first.
   *
   * @param wanted - `mostPriority` leaves out what is less urgent
   */
  async claim(
    collector: string,
    wanted: { limit: number; mostPriority: number },
    now: Date,
  ): Promise<ClaimedPartition[]> {
    if (wanted.limit <= 0) {
      return [];
    }
    const at = now.getTime();
    const free = (query: Knex.QueryBuilder) =>
      query
        .where('due_at', '<=', at)
        .where(lease =>
          lease.whereNull('lease_until').orWhere('lease_until', '<=', at),
        );
    const candidates: Pick<PartitionRow, 'id'>[] = await free(
      this.#knex(PARTITIONS).where({ collector }),
    )
      .where('priority', '<=', wanted.mostPriority)
      .orderBy(['priority', 'due_at', 'id'])
      .limit(wanted.limit)
      .select('id');
    const claimed: ClaimedPartition[] = [];
    for (const { id } of candidates) {
      const token = randomUUID();
      const taken = await free(this.#knex(PARTITIONS).where({ id })).update({
        lease_token: token,
        lease_until: at + LEASE_MILLIS,
      });
      if (taken === 1) {
        claimed.push(await this.#read(id, token, now));
      }
    }
    return claimed;
  }

  /** @returns false when the lease was lost */
  async renew({ id, token }: ClaimedPartition, now: Date): Promise<boolean> {
    const renewed = await this.#knex(PARTITIONS)
      .where({ id, lease_token: token })
      .update({ lease_until: now.getTime() + LEASE_MILLIS });
    return renewed === 1;
  }

  /** Gives a partition back as it was. */
  async release({ id, token }: ClaimedPartition): Promise<void> {
    await this.#knex(PARTITIONS)
      .where({ id, lease_token: token })
      .update({ lease_token: null, lease_until: null });
  }

  /**
   * Writes how a run ended, and when the next one is due.
   *
   * @returns false when the lease was lost: whoever holds it now will write it
   */
  async finish(
    tx: Knex.Transaction,
    claimed: ClaimedPartition,
    run: FinishedRun,
  ): Promise<boolean> {
    const { id, token, requests } = claimed;
    const held = await tx(PARTITIONS)
      .where({ id, lease_token: token })
      .update({
        lease_token: null,
        lease_until: null,
        started_at: run.startedAt.getTime(),
        duration: Math.round(run.durationMillis),
        error: run.error ?? null,
        ...(run.state && { state: JSON.stringify(run.state) }),
      });
    if (held !== 1) {
      return false;
    }
    for (const outcomes of groups(run.targets)) {
      const { dueAt, failures } = outcomes[0];
      const ids = outcomes.map(({ entityId }) => entityId);
      const targets = () =>
        tx(TARGETS)
          .where({ partition_id: id })
          .whereRaw(isAmong(tx, 'entity_id', ids));
      await targets().update({ failures });
      await targets()
        .where('request', '<=', requests)
        .update({ due_at: dueAt?.getTime() ?? null });
    }
    await this.#settle(tx, id, requests);
    await dropEmpty(tx, [id]);
    return true;
  }

  async #settle(
    tx: Knex.Transaction,
    id: number,
    requests: number,
  ): Promise<void> {
    await tx(PARTITIONS)
      .where({ id })
      .update({
        due_at: tx(TARGETS).where({ partition_id: id }).min('due_at'),
        priority: tx.raw(
          'case when requests > ? then priority else cast(? as integer) end',
          [requests, PRIORITY.scheduled],
        ),
      });
  }

  async #read(id: number, token: string, now: Date): Promise<ClaimedPartition> {
    const row: PartitionRow = await this.#knex(PARTITIONS)
      .where({ id })
      .first();
    // What a collector remembers of a partition is about all of it.
    const whole = row.state === null ? undefined : await this.#whole(id);
    const rows = whole ?? (await this.#due(id, now));
    return {
      id,
      collector: row.collector,
      key: row.key,
      ...(row.host !== null && { host: row.host }),
      ...(row.state !== null && { state: JSON.parse(row.state) }),
      token,
      requests: row.requests,
      ...(row.error !== null && { error: row.error }),
      targets: rows.map(({ entity_id, failures }) => ({
        entityId: entity_id,
        failures,
      })),
      isWhole: whole !== undefined,
    };
  }

  /** @returns undefined when there are more than one run takes */
  async #whole(id: number): Promise<TargetRow[] | undefined> {
    const rows: TargetRow[] = await this.#knex(TARGETS)
      .where({ partition_id: id })
      .orderBy('entity_id')
      .limit(MOST_TARGETS + 1);
    return rows.length > MOST_TARGETS ? undefined : rows;
  }

  #due(id: number, now: Date): Promise<TargetRow[]> {
    return this.#knex(TARGETS)
      .where({ partition_id: id })
      .where('due_at', '<=', now.getTime())
      .orderBy([{ column: 'request', order: 'desc' }, 'due_at', 'entity_id'])
      .limit(MOST_TARGETS);
  }
}

/** Outcomes that are written the same. */
function groups(outcomes: TargetOutcome[]): TargetOutcome[][] {
  const found = new Map<string, TargetOutcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.failures} ${outcome.dueAt?.getTime()}`;
    const group = found.get(key) ?? [];
    group.push(outcome);
    found.set(key, group);
  }
  return [...found.values()];
}
