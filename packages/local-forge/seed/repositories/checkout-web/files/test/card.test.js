import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatAmount, isExpired, parseCardNumber } from '../public/card.js';

test('a number with spaces passes the Luhn check', () => {
  assert.equal(parseCardNumber('4242 4242 4242 4242'), '4242424242424242');
});

test('a typing error is found', () => {
  assert.equal(parseCardNumber('4242 4242 4242 4243'), undefined);
});

test('a card is good to the end of its month', () => {
  assert.equal(isExpired('11/26', new Date(2026, 10, 30)), false);
  assert.equal(isExpired('11/26', new Date(2026, 11, 1)), true);
});

test('yen has no minor units', () => {
  assert.match(formatAmount(500, 'JPY', 'en'), /¥500$/);
});
