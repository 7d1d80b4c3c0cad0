import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import knexFactory, { Knex } from 'knex';
import { existsSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';

const NAME = 'scorecards.sqlite';
/** Of the portal that has written last: they belong to a file that is no more. */
const SIDE_FILES = ['-wal', '-shm', '-journal'];

/**
 * The database of scorecards as a file that is made aside and takes its place whole: whoever is killed has changed nothing.
 */
export class HistoryFile {
  readonly #folder: string;
  readonly #aside: string;
  #knex: Knex | undefined;

  /** @throws InputError when the configuration names another database than files on this machine */
  static fromConfig(config: Config): HistoryFile {
    const client = config.getOptionalString('backend.database.client');
    const connection = config.getOptional('backend.database.connection');
    const folder =
      typeof connection === 'object' &&
      connection !== null &&
      'directory' in connection
        ? connection.directory
        : undefined;
    if (
      client !== 'better-sqlite3' ||
      typeof folder !== 'string' ||
      !isAbsolute(folder) ||
      config.has('backend.database.plugin.scorecards')
    ) {
      throw new InputError(
        'A demonstration history is only written to files on this machine: backend.database must be better-sqlite3 with connection.directory',
      );
    }
    return new HistoryFile(folder);
  }

  private constructor(folder: string) {
    this.#folder = folder;
    this.#aside = join(folder, 'demo-history');
  }

  /** Whether the portal has come to a result of its own, or a history was replayed. */
  async hasHistory(): Promise<boolean> {
    const file = join(this.#folder, NAME);
    if (!existsSync(file)) return false;
    const knex = connect(file);
    try {
      return (
        (await knex.schema.hasTable('results')) &&
        (await knex('results').first('seq')) !== undefined
      );
    } finally {
      await knex.destroy();
    }
  }

  /** An empty database aside; what a killed attempt has left there is gone. */
  async begin(): Promise<Knex> {
    await rm(this.#aside, { recursive: true, force: true });
    await mkdir(this.#aside, { mode: 0o700 });
    this.#knex = connect(join(this.#aside, NAME));
    // Nothing of it counts before it is whole, and then it is written through.
    await this.#knex.raw('pragma synchronous = off');
    return this.#knex;
  }

  /** Takes the place of what was there. */
  async complete(): Promise<void> {
    await this.#knex?.destroy();
    const made = join(this.#aside, NAME);
    const written = await open(made, 'r+');
    await written.sync();
    await written.close();
    const file = join(this.#folder, NAME);
    for (const suffix of SIDE_FILES) await rm(file + suffix, { force: true });
    await rename(made, file);
    await rm(this.#aside, { recursive: true, force: true });
  }

  async abandon(): Promise<void> {
    await this.#knex?.destroy();
    await rm(this.#aside, { recursive: true, force: true });
  }
}

function connect(filename: string): Knex {
  return knexFactory({
    client: 'better-sqlite3',
    connection: { filename },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
  });
}
