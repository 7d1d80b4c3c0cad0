import { LoggerService } from '@backstage/backend-plugin-api';
import { NotificationService } from '@backstage/plugin-notifications-node';
import { BackgroundLoop, Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { NoticeRow, NOTICES } from './tables';

const BATCH = 50;
const EVERY_MILLIS = 5_000;
/** How long others keep away from what this replica sends, and the first pause after a failure. */
const LEASE_MILLIS = 30_000;
const LONGEST_PAUSE_MILLIS = 3_600_000;

/** What a {@link NoticeSender} works with. */
export interface NoticeSenderOptions {
  knex: Knex;
  clock: Clock;
  logger: LoggerService;
  notifications: NotificationService;
}

/**
 * Sends what the outbox holds. A replica that dies between sending and writing that down has the notice sent once more,
 * under the same scope, by which the notifications of Backstage replace the first.
 */
export class NoticeSender {
  readonly #options: NoticeSenderOptions;
  readonly #loop: BackgroundLoop;

  static create(options: NoticeSenderOptions): NoticeSender {
    return new NoticeSender(options);
  }

  private constructor(options: NoticeSenderOptions) {
    this.#options = options;
    this.#loop = BackgroundLoop.create({
      what: 'send notices',
      work: async signal => {
        await this.runOnce(signal);
      },
      everyMillis: EVERY_MILLIS,
      logger: options.logger,
    });
  }

  async start(): Promise<void> {
    this.#loop.start();
  }

  async stop(): Promise<void> {
    await this.#loop.stop();
  }

  /** Sends soon what has just been written. */
  wake(): void {
    this.#loop.wake();
  }

  /** @returns how many notices were sent */
  async runOnce(signal?: AbortSignal): Promise<number> {
    const { knex, clock } = this.#options;
    const rows: NoticeRow[] = await knex(NOTICES)
      .where('next_try_at', '<=', clock.now().getTime())
      .orderBy('number')
      .limit(BATCH);
    let sent = 0;
    for (const row of rows) {
      if (signal?.aborted) break;
      if ((await this.#take(row)) && (await this.#send(row))) sent += 1;
    }
    return sent;
  }

  /** @returns false when another replica has it */
  async #take({ number, tries, next_try_at }: NoticeRow): Promise<boolean> {
    const { knex, clock } = this.#options;
    const pause = Math.min(LEASE_MILLIS * 2 ** tries, LONGEST_PAUSE_MILLIS);
    const taken = await knex(NOTICES)
      .where({ number, tries, next_try_at })
      .update({
        tries: tries + 1,
        next_try_at: clock.now().getTime() + pause,
      });
    return taken === 1;
  }

  async #send({ number, id, recipients, payload }: NoticeRow) {
    const { knex, notifications, logger } = this.#options;
    try {
      await notifications.send({
        recipients: { type: 'entity', entityRef: JSON.parse(recipients) },
        payload: JSON.parse(payload),
      });
    } catch (error) {
      logger.warn(`Could not send notice ${id}, will try again: ${error}`);
      return false;
    }
    await knex(NOTICES).where({ number }).update({ next_try_at: null });
    return true;
  }
}
