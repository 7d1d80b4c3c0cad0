import { ConflictError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';

export const IDEMPOTENCY_KEYS = 'idempotency_keys';
/** Long enough for every repetition of a request, short enough not to keep them all. */
const KEEP_MILLIS = 24 * 60 * 60_000;

/** A request that must not have its effect twice. */
export interface KeyedRequest {
  /** Who sends it. Everybody has keys of their own. */
  writer: string;
  operation: string;
  /** Of the header `Idempotency-Key`. */
  key: string;
  /** Tells whether it is the same request. */
  bodyHash: string;
}

interface KeyRow {
  writer: string;
  operation: string;
  key: string;
  body_hash: string;
  answer: string | null;
  expires_at: number | string;
}

/**
 * Requests with an `Idempotency-Key`: sent again, one has no further effect and is answered as it was the first time.
 * A request that is refused has no effect, so that its key can be used again.
 */
export class IdempotencyKeys {
  readonly #knex: Knex;
  readonly #clock: Clock;

  static create(options: { knex: Knex; clock: Clock }): IdempotencyKeys {
    return new IdempotencyKeys(options.knex, options.clock);
  }

  private constructor(knex: Knex, clock: Clock) {
    this.#knex = knex;
    this.#clock = clock;
  }

  /**
   * Does something once.
   *
   * @param prepare - checks the request, and gives what is to be done in the transaction that remembers the key
   * @returns what was answered, now or the first time
   * @throws ConflictError when the key was used for another request
   */
  async once<Answer extends JsonValue>(
    request: KeyedRequest,
    prepare: () => Promise<(tx: Knex.Transaction) => Promise<Answer>>,
  ): Promise<Answer> {
    const now = this.#clock.now().getTime();
    const known = await rowOf(this.#knex, request);
    if (known && Number(known.expires_at) > now) {
      return answerOf(known, request);
    }
    const effect = await prepare();
    return transact(this.#knex, async tx => {
      await tx(IDEMPOTENCY_KEYS)
        .where(columnsOf(request))
        .where('expires_at', '<=', now)
        .delete();
      // Of two at the same time the second one waits here for the first one to end.
      const claimed = await tx(IDEMPOTENCY_KEYS)
        .insert({
          ...columnsOf(request),
          body_hash: request.bodyHash,
          answer: null,
          expires_at: now + KEEP_MILLIS,
        })
        .onConflict(['writer', 'operation', 'key'])
        .ignore()
        .returning('key');
      if (claimed.length === 0) {
        return answerOf<Answer>((await rowOf(tx, request))!, request);
      }
      const answer = await effect(tx);
      await tx(IDEMPOTENCY_KEYS)
        .where(columnsOf(request))
        .update({ answer: JSON.stringify(answer) });
      return answer;
    });
  }

  /** Forgets the keys that have expired. */
  async purge(): Promise<number> {
    return this.#knex(IDEMPOTENCY_KEYS)
      .where('expires_at', '<=', this.#clock.now().getTime())
      .delete();
  }
}

function columnsOf({ writer, operation, key }: KeyedRequest) {
  return { writer, operation, key };
}

function rowOf(knex: Knex, request: KeyedRequest): Promise<KeyRow | undefined> {
  return knex(IDEMPOTENCY_KEYS).where(columnsOf(request)).first();
}

function answerOf<Answer>(row: KeyRow, request: KeyedRequest): Answer {
  if (row.body_hash !== request.bodyHash) {
    throw new ConflictError(
      'Idempotency-Key: was used for another body; a new request needs a new key',
    );
  }
  return JSON.parse(row.answer!);
}
