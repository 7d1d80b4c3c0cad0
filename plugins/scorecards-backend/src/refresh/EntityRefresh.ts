import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { setTimeout as sleep } from 'node:timers/promises';
import { transact } from '../database/transact';
import { CollectorRunner } from '../collectors';
import { TARGETS } from '../collectors/tables';
import { TrackedEntity } from '../entities/tables';
import { EntityEvaluator } from '../http/entityHandlers';
import { Pending } from '../reads/Pending';
import { markDirty } from '../results/dirty';

const LOOK_MILLIS = 100;
/** Whoever waits for longer is told that something is pending. */
const LONGEST_WAIT_MILLIS = 8_000;

/** Has everything about one entity collected and evaluated at once, and waits for it for a while. */
export class EntityRefresh implements EntityEvaluator {
  readonly #knex: Knex;
  readonly #clock: Clock;
  readonly #runner: Pick<CollectorRunner, 'collectNow'>;
  readonly #underWay = new Map<number, Promise<void>>();

  static create(options: {
    knex: Knex;
    clock: Clock;
    runner: Pick<CollectorRunner, 'collectNow'>;
  }): EntityRefresh {
    return new EntityRefresh(options);
  }

  private constructor({
    knex,
    clock,
    runner,
  }: Parameters<typeof EntityRefresh.create>[0]) {
    this.#knex = knex;
    this.#clock = clock;
    this.#runner = runner;
  }

  /** Whoever asks while the same entity is under way waits for that: nobody can have hosts asked in a loop. */
  evaluate(entity: TrackedEntity): Promise<void> {
    const underWay =
      this.#underWay.get(entity.id) ??
      this.#refresh(entity).finally(() => this.#underWay.delete(entity.id));
    this.#underWay.set(entity.id, underWay);
    return underWay;
  }

  async #refresh({ id, ref }: TrackedEntity): Promise<void> {
    await this.#runner.collectNow([ref]);
    await transact(this.#knex, tx =>
      markDirty(tx, { entityIds: [id], cause: 'time' }, this.#clock.now()),
    );
    const deadline = performance.now() + LONGEST_WAIT_MILLIS;
    while (performance.now() < deadline && (await this.#isBusy(id))) {
      await sleep(LOOK_MILLIS);
    }
  }

  async #isBusy(entityId: number): Promise<boolean> {
    const [collecting, pending] = await Promise.all([
      this.#knex(TARGETS)
        .where({ entity_id: entityId })
        .where('due_at', '<=', this.#clock.now().getTime())
        .first('collector'),
      Pending.of(this.#knex).pending([entityId]),
    ]);
    return collecting !== undefined || pending.size > 0;
  }
}
