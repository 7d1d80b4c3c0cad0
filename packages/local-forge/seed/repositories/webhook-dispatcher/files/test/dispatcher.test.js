import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Dispatcher } from '../src/dispatcher.js';
import { delay } from '../src/retry.js';
import { sign, verify } from '../src/signature.js';

const endpoint = { url: 'https://merchant.example/hook', secret: 's1' };

test('a merchant can verify what we sign', () => {
  const header = sign('{"a":1}', 's1', 1000);
  assert.ok(verify('{"a":1}', header, ['s1'], 1010));
  assert.ok(verify('{"a":1}', header, ['s2', 's1'], 1010), 'during a rotation');
  assert.ok(!verify('{"a":2}', header, ['s1'], 1010), 'another body');
  assert.ok(!verify('{"a":1}', header, ['s1'], 1400), 'too old');
  assert.ok(!verify('{"a":1}', 'nonsense', ['s1'], 1000));
});

test('a merchant that is down is called again, later and later', async () => {
  const statuses = [503, 500, 200];
  const dispatcher = new Dispatcher({ post: async () => statuses.shift(), random: () => 1 });
  dispatcher.enqueue({ id: 'e1' }, endpoint);
  assert.equal((await dispatcher.run(0))[0].result, 'retry');
  assert.deepEqual(await dispatcher.run(59), []);
  assert.equal((await dispatcher.run(60))[0].result, 'retry');
  assert.equal((await dispatcher.run(180))[0].result, 'delivered');
  assert.equal(dispatcher.waiting, 0);
});

test('nobody answering is a retry', async () => {
  const dispatcher = new Dispatcher({ post: async () => Promise.reject(new Error('refused')) });
  dispatcher.enqueue({ id: 'e1' }, endpoint);
  assert.equal((await dispatcher.run(0))[0].result, 'retry');
});

test('410 ends it', async () => {
  const dispatcher = new Dispatcher({ post: async () => 410 });
  dispatcher.enqueue({ id: 'e1' }, endpoint);
  assert.equal((await dispatcher.run(0))[0].result, 'unsubscribed');
  assert.equal(dispatcher.waiting, 0);
});

test('delays grow to half a day, then end', () => {
  assert.equal(delay(1, () => 1), 60);
  assert.equal(delay(11, () => 1), 43_200);
  assert.equal(delay(13), undefined);
});
