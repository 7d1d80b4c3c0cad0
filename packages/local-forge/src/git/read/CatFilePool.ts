import { CatFile, GitObject } from './CatFile';

interface Readers {
  batch: CatFile;
  check: CatFile;
}

/** Long-lived object readers of the repositories in use, bounded in number; the least recently used one ends first. */
export class CatFilePool {
  readonly #maxRepositories: number;
  readonly #readers = new Map<string, Readers>();

  private constructor(maxRepositories: number) {
    this.#maxRepositories = maxRepositories;
  }

  static create(options: { maxRepositories?: number } = {}): CatFilePool {
    return new CatFilePool(options.maxRepositories ?? 16);
  }

  /** The object with its content, or undefined. */
  async read(repository: string, name: string): Promise<GitObject | undefined> {
    return await this.#of(repository).batch.get(name);
  }

  /** The object's name, type and size, or undefined. */
  async check(
    repository: string,
    name: string,
  ): Promise<GitObject | undefined> {
    return await this.#of(repository).check.get(name);
  }

  /** Ends the processes of one repository: call it before the repository's folder is deleted or moved. */
  release(repository: string) {
    const readers = this.#readers.get(repository);
    this.#readers.delete(repository);
    readers?.batch.close();
    readers?.check.close();
  }

  /** Ends every process. */
  close() {
    for (const repository of [...this.#readers.keys()]) {
      this.release(repository);
    }
  }

  #of(repository: string): Readers {
    const readers = this.#readers.get(repository) ?? {
      batch: new CatFile(repository, 'batch'),
      check: new CatFile(repository, 'batch-check'),
    };
    // A Map keeps insertion order: putting the entry back makes it the most recent one.
    this.#readers.delete(repository);
    this.#readers.set(repository, readers);
    for (const [oldest, old] of this.#readers) {
      if (this.#readers.size <= this.#maxRepositories) {
        break;
      }
      if (!old.batch.busy && !old.check.busy && oldest !== repository) {
        this.release(oldest);
      }
    }
    return readers;
  }
}
