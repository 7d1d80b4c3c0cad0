import { LoggerService } from '@backstage/backend-plugin-api';
import { BackgroundLoop, Clock } from '@waymark/waymark-node';
import { Notice } from '../notices';
import { digestNotice } from './digestNotice';
import { DigestProgress, DigestWeek } from './DigestProgress';
import { DigestReader } from './DigestReader';
import { DigestSchedule, lastDue } from './schedule';

const EVERY_MILLIS = 60_000;
/** What was written at the instant of the digest is visible by then. */
const SETTLED_AFTER_MILLIS = 60_000;
const OWNERS = 20;
/** Turns, after which the others do not wait any longer. */
const MOST_FAILURES = 5;

/** What a {@link DigestTask} works with. */
export interface DigestTaskOptions {
  schedule: DigestSchedule;
  clock: Clock;
  logger: LoggerService;
  reader: DigestReader;
  progress: DigestProgress;
  /** Called after notices were written; a hint and no promise. */
  onWritten?: () => void;
}

/**
 * Tells owners once a week what has changed, and what comes next. Any number of replicas may do so at once: who comes
 * second finds that somebody has come further, and writes nothing.
 */
export class DigestTask {
  readonly #options: DigestTaskOptions;
  readonly #loop: BackgroundLoop;
  readonly #failures = new Map<string, number>();

  static create(options: DigestTaskOptions): DigestTask {
    return new DigestTask(options);
  }

  private constructor(options: DigestTaskOptions) {
    this.#options = options;
    this.#loop = BackgroundLoop.create({
      what: 'write the weekly digests',
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

  /** @returns how many digests were written */
  async runOnce(signal?: AbortSignal): Promise<number> {
    const { schedule, clock, progress, onWritten } = this.#options;
    let written = 0;
    while (!signal?.aborted) {
      const settled = clock.now().getTime() - SETTLED_AFTER_MILLIS;
      const due = lastDue(schedule, new Date(settled));
      const week = await progress.current(due);
      if (!week) break;
      const page = await this.#page(week);
      if (await progress.advance(week, page, clock.now())) {
        written += page.notices.length;
      }
    }
    if (written > 0) onWritten?.();
    return written;
  }

  async #page(week: DigestWeek) {
    const { reader, schedule, logger } = this.#options;
    const { due, since, afterOwner } = week;
    const owners = await reader.owners(due, afterOwner, OWNERS);
    const notices: Notice[] = [];
    for (const owner of owners) {
      try {
        const notice = digestNotice(await reader.week(owner, week), {
          ...{ owner, since },
          timeZone: schedule.timeZone,
        });
        if (notice) notices.push(notice);
      } catch (error) {
        if (!this.#isGivenUp(week, owner)) throw error;
        logger.error(`Could not make the digest of ${owner}: ${error}`);
      }
    }
    return { notices, lastOwner: owners.at(-1) };
  }

  /** A database that is away for a moment costs nobody the digest, and one that cannot be made only its owner. */
  #isGivenUp({ due }: DigestWeek, owner: string): boolean {
    const key = `${due.getTime()} ${owner}`;
    const failures = (this.#failures.get(key) ?? 0) + 1;
    this.#failures.set(key, failures);
    return failures >= MOST_FAILURES;
  }
}
