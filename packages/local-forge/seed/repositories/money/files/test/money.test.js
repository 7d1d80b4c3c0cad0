import assert from 'node:assert/strict';
import { test } from 'node:test';
import { add, allocate, format, money, scale } from '../src/money.js';

const eur = amount => money(amount, 'EUR');
const amounts = values => values.map(({ amount }) => amount);

test('no cent is lost when money is split', () => {
  assert.deepEqual(amounts(allocate(eur(100), [1, 1, 1])), [34, 33, 33]);
  assert.deepEqual(amounts(allocate(eur(5), [3, 7])), [2, 3]);
});

test('a refund is split like a sale', () => {
  assert.deepEqual(amounts(allocate(eur(-100), [1, 1, 1])), [-34, -33, -33]);
});

test('halves are rounded to even', () => {
  assert.equal(scale(eur(25), 1, 10).amount, 2);
  assert.equal(scale(eur(35), 1, 10).amount, 4);
  assert.equal(scale(eur(-25), 1, 10).amount, -2);
});

test('large amounts do not lose digits', () => {
  assert.equal(scale(eur(9_007_199_254_740), 999, 1000).amount, 8_998_192_055_485);
});

test('currencies are not mixed', () => {
  assert.throws(() => add(eur(1), money(1, 'USD')), /different currencies/);
});

test('yen and dinar have their own minor units', () => {
  assert.equal(format(money(500, 'JPY'), 'en-GB'), 'JP¥500');
  assert.match(format(money(1_234, 'KWD'), 'en-GB'), /1\.234$/);
});
