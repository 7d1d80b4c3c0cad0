import { RepositoryApi } from '@waymark/scorecards-node';
import { LRUCache } from 'lru-cache';
import { ReadFile } from '../facts/TreeFile';

/** Characters of all that is kept. */
const MOST_KEPT = 32 * 1024 * 1024;
const MOST_FILES = 1_000;

/**
 * What was learned from files, by the id of their content, which never changes: after a commit only the files that it has
 * touched are fetched. Not their texts, which are a thousand times as large.
 */
export class FileReadings {
  readonly #kept = new LRUCache<string, string>({
    maxSize: MOST_KEPT,
    sizeCalculation: (json, key) => json.length + key.length,
  });

  static create(): FileReadings {
    return new FileReadings();
  }

  private constructor() {}

  /**
   * Reads the files of one component.
   *
   * @throws Error when it reads more files than anybody waits for
   */
  readerOf(api: RepositoryApi): ReadFile {
    const { host, owner, repository } = api.repository;
    const prefix = `${host}/${owner}/${repository}`.toLowerCase();
    const wanted = new Set<string>();
    return async ({ path, sha, size }, reading) => {
      if (size > reading.mostBytes) {
        return reading.of(path, undefined);
      }
      if (wanted.add(sha).size > MOST_FILES) {
        throw new Error(
          `More than ${MOST_FILES} files would have to be read to describe it`,
        );
      }
      // By repository: who may see the text of one may not see that of another.
      const key = [prefix, sha, reading.name, path].join(' ');
      const kept = this.#kept.get(key);
      if (kept !== undefined) {
        return JSON.parse(kept);
      }
      const learned = reading.of(path, await fetchText(api, sha));
      this.#kept.set(key, JSON.stringify(learned));
      return learned;
    };
  }
}

async function fetchText(api: RepositoryApi, sha: string): Promise<string> {
  const { data } = await api.ask('a file', (octokit, request) =>
    octokit.rest.git.getBlob({ ...request, file_sha: sha }),
  );
  return Buffer.from(data.content, 'base64').toString('utf8');
}
