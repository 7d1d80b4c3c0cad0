import assert from 'node:assert/strict';
import { test } from 'node:test';
import { apply, capture, createIntent, isFinal } from '../src/intent.js';

const intent = () => createIntent({ id: 'pi_1', amount: 4_200, currency: 'EUR', merchant: 'm_1' });
const authorised = () => ['attach', 'confirm', 'authorise'].reduce(apply, intent());

test('an intent goes from basket to captured', () => {
  const done = capture(authorised());
  assert.equal(done.status, 'succeeded');
  assert.equal(done.captured, 4_200);
  assert.ok(isFinal(done));
});

test('a part of an authorised amount can be captured', () => {
  assert.equal(capture(authorised(), 1_000).captured, 1_000);
});

test('more than was authorised cannot be captured', () => {
  assert.throws(() => capture(authorised(), 4_201), { code: 'invalid_amount' });
});

test('a declined card can be replaced', () => {
  const declined = ['attach', 'confirm', 'decline'].reduce(apply, intent());
  assert.equal(declined.status, 'requires_payment_method');
  assert.equal(apply(declined, 'attach').status, 'requires_confirmation');
});

test('a captured intent cannot be cancelled', () => {
  assert.throws(() => apply(capture(authorised()), 'cancel'), { code: 'invalid_transition' });
});

test('fractions of a cent are refused', () => {
  assert.throws(() => createIntent({ id: 'x', amount: 10.5, currency: 'EUR' }), {
    code: 'invalid_amount',
  });
});
