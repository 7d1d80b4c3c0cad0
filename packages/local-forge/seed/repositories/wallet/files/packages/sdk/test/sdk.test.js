import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WalletClient } from '../src/index.js';

const answer = (status, body) => ({ ok: status < 400, status, json: async () => body });

test('a read is repeated when the server fails', async () => {
  const answers = [answer(503, {}), answer(200, { balance: 5 })];
  const client = new WalletClient({ base: '', fetch: async () => answers.shift() });
  assert.deepEqual(await client.balance('u1'), { balance: 5 });
});

test('a write is not repeated', async () => {
  let calls = 0;
  const client = new WalletClient({ base: '', fetch: async () => answer((calls++, 503), { message: 'down' }) });
  await assert.rejects(client.transfer('u1', { to: 'u2', amount: 1, key: 'k' }), { status: 503 });
  assert.equal(calls, 1);
});
