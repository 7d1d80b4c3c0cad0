import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WalletClient } from '../../sdk/src/index.js';
import { Wallets } from '../src/index.js';
import { createWalletServer } from '../src/server.js';

test('a transfer happens once per key', () => {
  const wallets = new Wallets();
  wallets.deposit('ann', 100);
  wallets.transfer('ann', 'ben', 60, 'k1');
  wallets.transfer('ann', 'ben', 60, 'k1');
  assert.equal(wallets.balance('ben'), 60);
});

test('nobody overdraws', () => {
  assert.throws(() => new Wallets().transfer('ann', 'ben', 1, 'k'), { status: 422 });
});

test('our own client understands our server', async () => {
  const wallets = new Wallets();
  wallets.deposit('ann', 100);
  const server = createWalletServer(wallets);
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  const client = new WalletClient({ base: `http://127.0.0.1:${server.address().port}` });
  assert.equal((await client.transfer('ann', { to: 'ben', amount: 30, key: 'k' })).balance, 70);
  assert.equal((await client.balance('ben')).balance, 30);
  await assert.rejects(client.transfer('ben', { to: 'ben', amount: 1, key: 'k' }), { status: 400 });
  server.closeAllConnections();
  server.close();
});
