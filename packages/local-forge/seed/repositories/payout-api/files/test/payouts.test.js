import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PayoutError, Payouts } from '../src/payouts.js';

const payout = (id, value = '2026-03-02') => ({ id, merchant: 'm1', amount: 100, value });

test('a bounced payout can be tried again', () => {
  const payouts = new Payouts();
  payouts.add(payout('po1'));
  for (const step of ['send', 'bounce', 'retry']) payouts.move('po1', step, 'ops', 'now');
  assert.equal(payouts.get('po1').status, 'planned');
  assert.deepEqual(payouts.get('po1').history.map(({ step }) => step), ['send', 'bounce', 'retry']);
});

test('money in transit cannot be cancelled', () => {
  const payouts = new Payouts();
  payouts.add(payout('po1'));
  payouts.move('po1', 'send', 'ops', 'now');
  assert.throws(() => payouts.move('po1', 'cancel', 'm1', 'now'), PayoutError);
});

test('pages do not repeat or lose a payout', () => {
  const payouts = new Payouts();
  for (let day = 1; day <= 5; day++) payouts.add(payout(`po${day}`, `2026-03-0${day}`));
  const first = payouts.list('m1', { limit: 3 });
  const second = payouts.list('m1', { limit: 3, after: first.next });
  assert.deepEqual([...first.items, ...second.items].map(({ id }) => id), ['po5', 'po4', 'po3', 'po2', 'po1']);
  assert.equal(second.next, undefined);
});
