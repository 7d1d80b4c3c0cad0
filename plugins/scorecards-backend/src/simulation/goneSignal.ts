import express from 'express';

/** Aborts as soon as nobody waits for an answer any more. */
export function goneSignal(response: express.Response): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  return gone.signal;
}
