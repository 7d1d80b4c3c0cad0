import { mockErrorHandler } from '@backstage/backend-test-utils';
import { NotFoundError } from '@backstage/errors';
import { eventually } from '@waymark/waymark-node/testUtils';
import express from 'express';
import Router from 'express-promise-router';
import { get, IncomingMessage, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { streamAnswer } from './streamAnswer';

const PIECE = 'x'.repeat(64 * 1024);
const MANY = 2_000;

describe('a streamed answer', () => {
  let server: Server;
  let given = 0;
  let ended = false;

  async function* pieces() {
    try {
      for (; given < MANY; given += 1) yield PIECE;
    } finally {
      ended = true;
    }
  }

  // eslint-disable-next-line require-yield
  async function* nothing(): AsyncGenerator<string> {
    throw new NotFoundError('There is nothing');
  }

  beforeEach(async () => {
    [given, ended] = [0, false];
    const router = Router();
    router.get('/long', async (_, response) => {
      await streamAnswer(response, pieces(), () => response.type('text/csv'));
    });
    router.get('/nothing', async (_, response) => {
      await streamAnswer(response, nothing(), () => response.type('text/csv'));
    });
    const app = express().use(router).use(mockErrorHandler());
    server = await new Promise(resolve => {
      const listening = app.listen(0, '127.0.0.1', () => resolve(listening));
    });
  });

  afterEach(async () => {
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  const open = (path: string) =>
    new Promise<IncomingMessage>((resolve, reject) => {
      const { port } = server.address() as AddressInfo;
      get({ host: '127.0.0.1', port, path }, resolve).on('error', reject);
    });
  const pause = () =>
    new Promise(resolve => {
      setTimeout(resolve, 300);
    });

  it('waits for a client that does not read, and arrives whole', async () => {
    const response = await open('/long');
    await pause();
    const before = given;
    await pause();
    expect(given).toBe(before);
    expect(given).toBeLessThan(MANY / 2);
    let bytes = 0;
    for await (const chunk of response) bytes += chunk.length;
    expect([bytes, ended]).toEqual([MANY * PIECE.length, true]);
  });

  it('makes no more once the client has gone', async () => {
    const response = await open('/long');
    response.destroy();
    await eventually(async () => ended || undefined, 5_000);
    expect(given).toBeLessThan(MANY / 2);
  });

  it('is an error where there is nothing to begin with', async () => {
    const response = await open('/nothing');
    expect([response.statusCode, response.headers['content-type']]).toEqual([
      404,
      expect.stringContaining('application/json'),
    ]);
    response.resume();
  });
});
