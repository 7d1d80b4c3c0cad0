import { RequestHandler } from 'express';

const LOOPBACK = /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;

/**
 * Refuses requests whose Host is not loopback: a foreign name that resolves to
 * 127.0.0.1 (DNS rebinding) would make the forge same-origin with its attacker.
 */
export const loopbackOnly: RequestHandler = (request, response, next) => {
  if (LOOPBACK.test(request.headers.host ?? '')) {
    next();
    return;
  }
  response
    .status(421)
    .type('text')
    .send('This forge answers on loopback names only\n');
};
