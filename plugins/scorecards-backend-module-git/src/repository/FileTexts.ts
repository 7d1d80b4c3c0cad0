import { RepositoryApi } from '@waymark/scorecards-node';
import { LRUCache } from 'lru-cache';
import { ReadFile } from '../facts/TreeFile';

/** Nobody reads a larger file; lock files of large repositories come close. */
const MOST_BYTES = 5 * 1024 * 1024;
/** Characters of all texts that are kept. */
const MOST_KEPT = 64 * 1024 * 1024;
const MOST_FILES = 1_000;

/**
 * Texts of files by the id of their content, which never changes: after a commit only the files that it has touched are
 * fetched.
 */
export class FileTexts {
  readonly #texts = new LRUCache<string, string>({
    maxSize: MOST_KEPT,
    // An empty text is kept, too.
    sizeCalculation: text => text.length + 1,
  });

  static create(): FileTexts {
    return new FileTexts();
  }

  private constructor() {}

  /**
   * Reads the files of one component.
   *
   * @throws Error when it reads more files than anybody waits for
   */
  readerOf(api: RepositoryApi): ReadFile {
    const { host, owner, repository } = api.repository;
    const wanted = new Set<string>();
    const running = new Map<string, Promise<string>>();
    return async ({ sha, size }) => {
      if (size > MOST_BYTES) {
        return undefined;
      }
      if (wanted.add(sha).size > MOST_FILES) {
        throw new Error(
          `More than ${MOST_FILES} files would have to be read to describe it`,
        );
      }
      // By repository: who may see the text of one may not see that of another.
      const key = `${host}/${owner}/${repository}/${sha}`.toLowerCase();
      const known = this.#texts.get(key);
      if (known !== undefined) {
        return known;
      }
      const text = running.get(sha) ?? fetchText(api, sha);
      running.set(sha, text);
      this.#texts.set(key, await text);
      return text;
    };
  }
}

async function fetchText(api: RepositoryApi, sha: string): Promise<string> {
  const { data } = await api.ask('a file', (octokit, request) =>
    octokit.rest.git.getBlob({ ...request, file_sha: sha }),
  );
  return Buffer.from(data.content, 'base64').toString('utf8');
}
