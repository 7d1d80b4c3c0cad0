import { JsonObject, JsonValue } from '@backstage/types';
import { RefusedError, RepositoryApi } from '@waymark/scorecards-node';
import type { Octokit } from '@octokit/rest';
import { RepositoryRequest } from '@waymark/scorecards-node';
import { z } from 'zod';

/** To be raised when the same answers are to be read in another way than before. */
const VERSION = 1;

const stateSchema = z.object({
  version: z.literal(VERSION),
  answers: z.record(
    z.string(),
    z.object({ etag: z.string(), value: z.json() }),
  ),
});

type Known = z.output<typeof stateSchema>['answers'];

/** One thing to ask of a repository. */
export interface Question<T> {
  /** As messages name it; with what it depends on, so that it is unique within the repository. */
  what: string;
  send(
    octokit: Octokit,
    request: RepositoryRequest,
  ): Promise<{ data: unknown; headers: { etag?: string } }>;
  /** What is read of the answer, and kept until it changes. */
  schema: z.ZodType<T>;
}

/** What could be learned, or why not. */
export type Learned<T> =
  | { known: true; value: T }
  | { known: false; error: RefusedError };

/** The answers of GitHub to what is asked about one repository, each kept until GitHub says that it has changed. */
export class Answers {
  readonly #api: RepositoryApi;
  readonly #before: Known;
  readonly #now: Known = {};

  static recall(api: RepositoryApi, state: JsonObject | undefined): Answers {
    return new Answers(api, stateSchema.safeParse(state).data?.answers ?? {});
  }

  private constructor(api: RepositoryApi, before: Known) {
    this.#api = api;
    this.#before = before;
  }

  /** To be given back to {@link Answers.recall} the next time. */
  get state(): JsonObject {
    return { version: VERSION, answers: this.#now as JsonObject };
  }

  /** @throws RefusedError when GitHub does not tell */
  async require<T>({ what, send, schema }: Question<T>): Promise<T> {
    const before = this.#before[what];
    const answer = await this.#api.askAgain(what, before?.etag, send);
    const value: unknown = answer ? answer.data : before.value;
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      const { path, message } = parsed.error.issues[0];
      const { host } = this.#api.repository;
      throw new Error(
        `${host} tells ${what} in a way that cannot be read: ${[
          path.join('.'),
          message,
        ]
          .filter(Boolean)
          .join(': ')}`,
      );
    }
    const etag = answer ? answer.etag : before.etag;
    if (etag) {
      // What was read of it, which is far less than the answer.
      this.#now[what] = { etag, value: parsed.data as JsonValue as never };
    }
    return parsed.data;
  }

  /** Like {@link Answers.require}, for what the token may not be allowed to see. */
  async learn<T>(question: Question<T>): Promise<Learned<T>> {
    try {
      return { known: true, value: await this.require(question) };
    } catch (error) {
      if (
        error instanceof RefusedError &&
        (error.status === 403 || error.status === 404)
      ) {
        return { known: false, error };
      }
      throw error;
    }
  }
}
