import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprint, IdempotentRunner, InProgressError, KeyReusedError } from '../src/index.js';

test('an effect runs once per key', async () => {
  const runner = new IdempotentRunner();
  let runs = 0;
  const effect = async () => (runs += 1);
  assert.deepEqual(await runner.run('a', { x: 1 }, effect), { result: 1, replayed: false });
  assert.deepEqual(await runner.run('a', { x: 1 }, effect), { result: 1, replayed: true });
});

test('a key cannot be reused with another request', async () => {
  const runner = new IdempotentRunner();
  await runner.run('a', { x: 1 }, async () => 1);
  await assert.rejects(runner.run('a', { x: 2 }, async () => 2), KeyReusedError);
});

test('a second call while the first runs is told so', async () => {
  const runner = new IdempotentRunner();
  let finish;
  const first = runner.run('a', {}, () => new Promise(resolve => (finish = resolve)));
  await assert.rejects(runner.run('a', {}, async () => 2), InProgressError);
  finish('done');
  assert.equal((await first).result, 'done');
});

test('a failed effect may be tried again', async () => {
  const runner = new IdempotentRunner();
  await assert.rejects(runner.run('a', {}, async () => Promise.reject(new Error('no'))));
  assert.equal((await runner.run('a', {}, async () => 'yes')).result, 'yes');
});

test('keys are forgotten after their time', async () => {
  let now = 0;
  const runner = new IdempotentRunner({ ttlSeconds: 10, now: () => now });
  await runner.run('a', {}, async () => 1);
  now = 10_000;
  assert.equal((await runner.run('a', { other: true }, async () => 2)).result, 2);
  assert.equal(runner.size, 1);
});

test('the order of keys does not change a fingerprint', () => {
  assert.equal(fingerprint({ a: 1, b: [{ c: 2, d: 3 }] }), fingerprint({ b: [{ d: 3, c: 2 }], a: 1 }));
});
