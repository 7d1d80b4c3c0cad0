import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bucket, evaluate, stale } from '../src/evaluate.js';

const flag = { key: 'f', enabled: true, rules: [{ name: 'staff', when: { group: ['staff'] }, percent: 100 }, { name: 'rollout', percent: 25 }] };

test('the first rule that holds decides', () => {
  assert.deepEqual(evaluate(flag, { subject: 'u1', group: 'staff' }), { on: true, because: 'staff' });
});

test('a quarter of the people get it', () => {
  const on = Array.from({ length: 4_000 }, (_, n) => evaluate(flag, { subject: `u${n}` })).filter(r => r.on);
  assert.ok(Math.abs(on.length - 1_000) < 100, `${on.length} of 4000`);
});

test('nobody loses a feature when the share grows', () => {
  for (let n = 0; n < 200; n++) {
    assert.equal(bucket('f', `u${n}`), bucket('f', `u${n}`));
  }
});

test('a disabled flag is off for everybody', () => {
  assert.equal(evaluate({ ...flag, enabled: false }, { group: 'staff' }).on, false);
});

test('expired flags are found', () => {
  assert.deepEqual(stale([{ key: 'a', owner: 'x', expires: '2026-01-01' }, { key: 'b' }], '2026-02-01'), [
    { key: 'a', owner: 'x', expires: '2026-01-01' },
  ]);
});
