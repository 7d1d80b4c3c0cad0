import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeBitmap, encodeBitmap } from '../src/bitmap.js';
import { decode, encode, redact } from '../src/message.js';
import { explain } from '../src/responseCodes.js';

const request = {
  type: '0100',
  primaryAccountNumber: '4242424242424242',
  processingCode: '000000',
  amount: 4_200,
  traceNumber: '000017',
  terminal: 'ACME0001',
  currency: '978',
};

test('a message survives the wire', () => {
  assert.deepEqual(decode(encode(request)), request);
});

test('a cut message is refused', () => {
  assert.throws(() => decode(encode(request).subarray(0, 40)), /too early/);
});

test('fields beyond 64 need a second bitmap', () => {
  assert.deepEqual(decodeBitmap(encodeBitmap([2, 90])), { fields: [2, 90], size: 16 });
});

test('logs show no card number', () => {
  assert.equal(redact(request).primaryAccountNumber, '424242******4242');
});

test('an unknown answer is a decline', () => {
  assert.deepEqual(explain('ZZ'), { outcome: 'declined', retry: false });
});
