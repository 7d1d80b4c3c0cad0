import { Emulator, EmulatorAnswer, EmulatorSeed } from '../emulator/Emulator';
import { asError } from '../emulator/asError';
import { Journal, JournalEntry } from '../journal/Journal';
import { AnswerCache } from './AnswerCache';
import { withoutAddress } from './address';
import { RecordStore } from './RecordStore';
import { replay } from './replay';

/** Answers of the emulator that are kept between two writes, at the most. */
const MAX_ANSWERS = 2_000;

/** Who writes, and when; `at` is now unless a history is being made. */
export interface WriteContext {
  actor: string;
  at?: Date;
}

/**
 * Everything the forge knows that is not Git data: the emulator's social data
 * and the forge's own records, rebuilt at start from one journal.
 *
 * @remarks
 * Writes run one after the other, so that a replay in journal order makes the
 * same numbers and ids again.
 */
export class ForgeState {
  readonly #journal: Journal;
  readonly #emulator: Emulator;
  readonly #records: RecordStore;
  readonly #reader: string;
  readonly #baseUrl: string;
  readonly #cache = new AnswerCache<EmulatorAnswer>(MAX_ANSWERS);
  #writes: Promise<unknown> = Promise.resolve();

  private constructor(options: {
    journal: Journal;
    emulator: Emulator;
    records: RecordStore;
    reader: string;
    baseUrl: string;
  }) {
    this.#journal = options.journal;
    this.#emulator = options.emulator;
    this.#records = options.records;
    this.#reader = options.reader;
    this.#baseUrl = options.baseUrl;
  }

  /** Starts the emulator from the journal's seed and replays the rest. */
  static async create(options: {
    journal: Journal;
    entries: readonly JournalEntry[];
    seed: EmulatorSeed;
    seedAt: Date;
    baseUrl: string;
    /** Login whose eyes reads use: it must see private repositories. */
    reader: string;
  }): Promise<ForgeState> {
    const emulator = await Emulator.start({
      baseUrl: options.baseUrl,
      seed: options.seed,
      seedAt: options.seedAt,
    });
    const records = new RecordStore();
    try {
      await replay(options.entries, {
        emulator,
        records,
        baseUrl: options.baseUrl,
      });
    } catch (error) {
      await emulator.close();
      throw error;
    }
    return new ForgeState({
      journal: options.journal,
      emulator,
      records,
      reader: options.reader,
      baseUrl: options.baseUrl,
    });
  }

  hasUser(login: string): boolean {
    return this.#emulator.hasUser(login);
  }

  /** Asks the emulator. Answers are kept until the next write. */
  async read(path: string): Promise<EmulatorAnswer> {
    const answer = await this.#cache.get(path, () =>
      this.#emulator.send({ method: 'GET', path, actor: this.#reader }),
    );
    // Callers may change what they get.
    return structuredClone(answer);
  }

  /** {@link ForgeState.read}, all pages of a list. */
  async readAll<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    const separator = path.includes('?') ? '&' : '?';
    for (let page = 1; ; page++) {
      const answer = await this.read(
        `${path}${separator}per_page=100&page=${page}`,
      );
      if (answer.status !== 200 || !Array.isArray(answer.body)) {
        throw asError(answer);
      }
      items.push(...(answer.body as T[]));
      if (answer.body.length < 100) {
        return items;
      }
    }
  }

  /** {@link ForgeState.read}, or undefined for 404. */
  async find<T>(path: string): Promise<T | undefined> {
    const answer = await this.read(path);
    if (answer.status === 404) {
      return undefined;
    }
    if (answer.status >= 400) {
      throw asError(answer);
    }
    return answer.body as T;
  }

  /**
   * Sends a write to the emulator and, if it was accepted, records it.
   *
   * @throws GitHubApiError with the emulator's status when it refused.
   */
  async write<T = unknown>(
    request: { method: string; path: string; body?: unknown },
    context: WriteContext,
  ): Promise<T> {
    const answer = await this.send(request, context);
    if (answer.status >= 400) {
      throw asError(answer);
    }
    return answer.body as T;
  }

  /** {@link ForgeState.write} that hands a refusal back instead of throwing. */
  async send(
    request: { method: string; path: string; body?: unknown },
    context: WriteContext,
  ): Promise<EmulatorAnswer> {
    return await this.#exclusively(async () => {
      const at = instant(context);
      const answer = await this.#emulator.send({
        ...request,
        actor: context.actor,
        at: at.getTime(),
      });
      if (answer.status < 400) {
        this.#cache.clear();
        await this.#journal.append({
          at: at.toISOString(),
          actor: context.actor,
          op: 'request',
          method: request.method,
          path: request.path,
          body: request.body,
        });
        // A read that ran during the append saw the new state and may stay;
        // one that ran before the answer was cleared above.
      }
      return answer;
    });
  }

  get<T>(collection: string, key: string): T | undefined {
    return structuredClone(this.#records.get<T>(collection, key));
  }

  list<T>(collection: string, prefix?: string): { key: string; value: T }[] {
    return structuredClone(this.#records.list<T>(collection, prefix));
  }

  /** Stores a record of the forge's own. */
  async put(
    collection: string,
    key: string,
    value: unknown,
    context: WriteContext,
  ): Promise<void> {
    await this.#exclusively(async () => {
      await this.#record(collection, key, value, context);
    });
  }

  /**
   * Changes a record in one step; `change` gets the present value and returns
   * the new one, or undefined to remove it.
   */
  async update<T>(
    collection: string,
    key: string,
    change: (present: T | undefined) => T | undefined,
    context: WriteContext,
  ): Promise<T | undefined> {
    return await this.#exclusively(async () => {
      const value = change(this.get<T>(collection, key));
      await this.#record(collection, key, value, context);
      return value;
    });
  }

  async remove(
    collection: string,
    key: string,
    context: WriteContext,
  ): Promise<void> {
    await this.put(collection, key, undefined, context);
  }

  /** A number that was never given out before, for ids of the forge's own. */
  async nextId(context: WriteContext): Promise<number> {
    const next = await this.update<number>(
      'counters',
      'id',
      present => (present ?? 0) + 1,
      context,
    );
    return next ?? 1;
  }

  /** Moves all records of a repository to its new name. */
  async renameRecords(
    from: string,
    to: string,
    context: WriteContext,
  ): Promise<void> {
    await this.#exclusively(async () => {
      for (const collection of this.#records.collections()) {
        for (const { key, value } of this.#records.list(collection)) {
          if (key === from || key.startsWith(`${from}#`)) {
            await this.#record(collection, key, undefined, context);
            await this.#record(
              collection,
              `${to}${key.slice(from.length)}`,
              value,
              context,
            );
          }
        }
      }
    });
  }

  /** Removes all records of a repository. */
  async removeRecords(of: string, context: WriteContext): Promise<void> {
    await this.#exclusively(async () => {
      for (const collection of this.#records.collections()) {
        for (const { key } of this.#records.list(collection)) {
          if (key === of || key.startsWith(`${of}#`)) {
            await this.#record(collection, key, undefined, context);
          }
        }
      }
    });
  }

  async markSeeded(context: WriteContext): Promise<void> {
    await this.#journal.append({
      at: instant(context).toISOString(),
      actor: context.actor,
      op: 'seeded',
    });
  }

  async close(): Promise<void> {
    await this.#writes.catch(() => undefined);
    await this.#emulator.close();
    await this.#journal.close();
  }

  async #record(
    collection: string,
    key: string,
    value: unknown,
    context: WriteContext,
  ): Promise<void> {
    await this.#journal.append({
      at: instant(context).toISOString(),
      actor: context.actor,
      op: 'store',
      collection,
      key,
      value: withoutAddress(value, this.#baseUrl),
    });
    this.#records.apply(collection, key, structuredClone(value));
  }

  async #exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#writes.then(work, work);
    this.#writes = turn.catch(() => undefined);
    return await turn;
  }
}

function instant(context: WriteContext): Date {
  return context.at ?? new Date();
}
