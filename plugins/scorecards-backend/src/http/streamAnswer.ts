import { isError } from '@backstage/errors';
import express from 'express';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Answers with what is long, piece by piece: no faster than the client takes it, and no more of it once the client has
 * gone.
 *
 * @param prepare - sets the headers; called when the first piece is there, so that what is wrong with a request is answered
 *   as an error
 */
export async function streamAnswer(
  response: express.Response,
  pieces: AsyncIterable<string>,
  prepare: () => void,
): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  const first = await iterator.next();
  prepare();
  try {
    await pipeline(Readable.from(following(first, iterator)), response);
  } catch (error) {
    if (!isError(error) || error.code !== 'ERR_STREAM_PREMATURE_CLOSE') {
      throw error;
    }
  }
}

async function* following(
  first: IteratorResult<string>,
  iterator: AsyncIterator<string>,
): AsyncGenerator<string> {
  if (first.done) return;
  try {
    yield first.value;
    for (
      let next = await iterator.next();
      !next.done;
      next = await iterator.next()
    ) {
      yield next.value;
    }
  } finally {
    await iterator.return?.();
  }
}
