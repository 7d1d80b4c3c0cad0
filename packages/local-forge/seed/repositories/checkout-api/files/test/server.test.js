import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createCheckoutServer } from '../src/server.js';

const events = [];
const server = createCheckoutServer({ publish: event => events.push(event.type) });
let base;

before(async () => {
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${server.address().port}`;
});
after(() => server.close());

const post = (path, body, key) =>
  fetch(base + path, {
    method: 'POST',
    headers: key ? { 'idempotency-key': key } : {},
    body: JSON.stringify(body ?? {}),
  });
const basket = { amount: 1_999, currency: 'EUR', merchant: 'm_1' };

test('the same key makes the same intent', async () => {
  const first = await (await post('/v1/intents', basket, 'k1')).json();
  const again = await post('/v1/intents', basket, 'k1');
  assert.equal(again.headers.get('idempotent-replayed'), 'true');
  assert.equal((await again.json()).id, first.id);
  assert.equal(events.filter(type => type === 'payment.created').length, 1);
});

test('the same key with another amount is a conflict', async () => {
  await post('/v1/intents', basket, 'k2');
  assert.equal((await post('/v1/intents', { ...basket, amount: 1 }, 'k2')).status, 409);
});

test('a missing key is refused', async () => {
  const response = await post('/v1/intents', basket);
  assert.equal(response.status, 400);
  assert.equal((await response.json()).code, 'missing_key');
});

test('an impossible step is a conflict', async () => {
  const { id } = await (await post('/v1/intents', basket, 'k3')).json();
  assert.equal((await post(`/v1/intents/${id}/capture`)).status, 409);
});
