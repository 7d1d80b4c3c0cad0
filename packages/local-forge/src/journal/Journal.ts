import { FileHandle, open, readFile, truncate } from 'node:fs/promises';
import { GitHubApiError } from '../errors';
import { EmulatorSeed } from '../emulator/Emulator';

/** What happened: one acknowledged change of what is not Git data. */
export type JournalEvent =
  | { op: 'seed'; seed: EmulatorSeed }
  /** The seeding of a new data folder is complete. */
  | { op: 'seeded' }
  /** A write that the emulator accepted, to be sent again at start. */
  | { op: 'request'; method: string; path: string; body?: unknown }
  /** A value of the forge's own store; `value` absent means removed. */
  | { op: 'store'; collection: string; key: string; value?: unknown };

/** A journal line. `at` is ISO 8601 in UTC, `actor` a login. */
export type JournalEntry = JournalEvent & { at: string; actor: string };

/**
 * An append-only file of one JSON document a line. An append resolves only
 * after the line is on the disk (`fdatasync`).
 */
export class Journal {
  readonly #file: FileHandle;
  readonly #path: string;
  #tail: Promise<void> = Promise.resolve();
  #failure?: Error;
  #deferred = false;

  private constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens or makes the file and returns what it holds.
   *
   * @remarks
   * A torn last line is what a crash in the middle of an append leaves: nobody
   * was told that it succeeded, so it is cut off and reported in `torn`. Any
   * other line that is not JSON means that the file was damaged: an error.
   */
  static async open(path: string): Promise<{
    journal: Journal;
    entries: JournalEntry[];
    torn?: string;
  }> {
    const content = await readFile(path).catch(error => {
      if (error.code === 'ENOENT') {
        return Buffer.alloc(0);
      }
      throw error;
    });
    const { entries, length, torn } = parseJournal(content, path);
    if (torn !== undefined) {
      await truncate(path, length);
    }
    const file = await open(path, 'a', 0o600);
    return { journal: new Journal(path, file), entries, torn };
  }

  /**
   * Appends one entry.
   *
   * @throws GitHubApiError 503 once an append has failed: memory is then ahead
   * of the disk, and only a restart brings them together again.
   */
  async append(entry: JournalEntry): Promise<void> {
    const line = `${JSON.stringify(entry)}\n`;
    const turn = this.#tail.then(() => this.#write(line));
    this.#tail = turn.catch(() => undefined);
    await turn;
  }

  /**
   * Leaves the syncing of appends to one sync at the end of `work`: for the
   * seeding, which starts over when it did not reach its end.
   */
  async withDeferredSync(work: () => Promise<void>): Promise<void> {
    this.#deferred = true;
    try {
      await work();
    } finally {
      this.#deferred = false;
      await this.#tail;
      await this.#file.datasync();
    }
  }

  async close(): Promise<void> {
    await this.#tail;
    await this.#file.close();
  }

  async #write(line: string): Promise<void> {
    if (this.#failure) {
      throw new GitHubApiError(
        503,
        `${this.#path} could not be written (${
          this.#failure.message
        }): restart the forge`,
      );
    }
    try {
      await this.#file.appendFile(line);
      if (!this.#deferred) {
        await this.#file.datasync();
      }
    } catch (error) {
      this.#failure = error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }
}

/** Splits the content of a journal; `length` is that of its whole lines. */
export function parseJournal(
  content: Buffer,
  path: string,
): { entries: JournalEntry[]; length: number; torn?: string } {
  const end = content.lastIndexOf('\n') + 1;
  const lines = content.subarray(0, end).toString('utf8').split('\n');
  lines.pop();
  const entries = lines.map((line, index) => {
    try {
      return JSON.parse(line) as JournalEntry;
    } catch {
      throw new Error(
        `${path} is damaged in line ${index + 1}: restore it from a backup, ` +
          `or empty the forge's data folder to start over`,
      );
    }
  });
  return end === content.length
    ? { entries, length: end }
    : {
        entries,
        length: end,
        torn: content.subarray(end).toString('utf8'),
      };
}
