import { InputError } from '@backstage/errors';
import express from 'express';

/**
 * Reads the body of a request as JSON into `request.body`.
 *
 * @param limit - bytes, after decompression
 * @returns the body as it came
 * @throws InputError when it is no JSON; an error with status 413 when it is too large
 */
export async function readJsonBody(
  request: express.Request,
  response: express.Response,
  limit: number,
): Promise<Buffer> {
  if (request.is(['json', '+json']) === false) {
    throw new InputError('Content-Type: must be application/json');
  }
  if (request.body !== undefined) {
    throw new Error(
      `The body of ${request.path} was read already, by a parser that does not know its limit`,
    );
  }
  let raw = Buffer.alloc(0);
  const read = express.json({
    limit,
    type: ['json', '+json'],
    verify: (_request, _response, buffer) => {
      raw = buffer;
    },
  });
  await new Promise<void>((resolve, reject) => {
    read(request, response, error => (error ? reject(error) : resolve()));
  });
  return raw;
}
