import assert from 'node:assert/strict';
import { test } from 'node:test';
import { advance, may, MerchantError, register } from '../src/merchants.js';

const bakery = () => register({ id: 'm1', legalName: ' Bakery ', country: 'FR', email: 'a@bakery.example' });

test('a merchant is paid only when it is active', () => {
  const verified = advance({ ...bakery(), screened: true }, 'verify');
  assert.equal(may(verified, 'payouts'), false);
  assert.equal(may(advance(verified, 'activate'), 'payouts'), true);
});

test('nobody is activated without screening', () => {
  assert.throws(() => advance(advance(bakery(), 'verify'), 'activate'), /screening/);
});

test('a restricted merchant gets its money but takes no payments', () => {
  const active = { ...bakery(), screened: true, status: 'active' };
  const restricted = advance(active, 'restrict');
  assert.equal(may(restricted, 'payments'), false);
  assert.equal(may(restricted, 'payouts'), true);
});

test('all problems are named at once', () => {
  assert.throws(() => register({ country: 'France' }), error => {
    assert.ok(error instanceof MerchantError);
    assert.match(error.message, /legalName.*country.*email/);
    return true;
  });
});
