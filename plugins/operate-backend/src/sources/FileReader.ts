import { CacheService, UrlReaderService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError, isError } from '@backstage/errors';
import { Clock } from '@waymark/waymark-node';

interface CachedFile {
  text: string;
  etag: string | null;
  checkedAt: number;
}

const FRESH_MILLIS = 5_000;
const KEEP_MILLIS = 60 * 60 * 1_000;
const TIMEOUT_MILLIS = 5_000;
const MAX_BYTES = 256 * 1024;

/**
 * Reads text files of repositories.
 *
 * @remarks
 *
 * Goes through the URL reader service, which answers for the hosts of the
 * configured integrations only. A copy is used for five seconds, then asked
 * for again by its ETag.
 */
export class FileReader {
  readonly #cache: CacheService;
  readonly #clock: Clock;
  readonly #urlReader: UrlReaderService;

  static create(options: {
    cache: CacheService;
    clock: Clock;
    urlReader: UrlReaderService;
  }): FileReader {
    return new FileReader(options.cache, options.clock, options.urlReader);
  }

  private constructor(
    cache: CacheService,
    clock: Clock,
    urlReader: UrlReaderService,
  ) {
    this.#cache = cache;
    this.#clock = clock;
    this.#urlReader = urlReader;
  }

  /**
   * @throws NotFoundError when there is no such file (or the integration may not see it)
   * @throws InputError when the file is larger than 256 KiB
   */
  async read(url: string): Promise<string> {
    const key = `file:${url}`;
    const now = this.#clock.now().getTime();
    const cached = (await this.#cache.get(key)) as unknown as
      | CachedFile
      | undefined;
    if (cached && Math.abs(now - cached.checkedAt) < FRESH_MILLIS) {
      return cached.text;
    }
    const file = await this.#fetch(url, cached);
    await this.#cache.set(
      key,
      { ...file, checkedAt: now },
      { ttl: KEEP_MILLIS },
    );
    return file.text;
  }

  async #fetch(
    url: string,
    cached: CachedFile | undefined,
  ): Promise<{ text: string; etag: string | null }> {
    try {
      const response = await this.#urlReader.readUrl(url, {
        etag: cached?.etag ?? undefined,
        signal: AbortSignal.timeout(TIMEOUT_MILLIS),
      });
      const buffer = await response.buffer();
      if (buffer.byteLength > MAX_BYTES) {
        throw new InputError(
          `The file is ${buffer.byteLength} bytes long; at most ${MAX_BYTES} are read`,
        );
      }
      return { text: buffer.toString('utf8'), etag: response.etag ?? null };
    } catch (error) {
      if (cached && isError(error) && error.name === 'NotModifiedError') {
        return cached;
      }
      if (isError(error) && error.name === 'NotFoundError') {
        throw new NotFoundError(`There is no file at ${url}`);
      }
      throw error;
    }
  }
}
