import assert from 'node:assert/strict';
import { test } from 'node:test';
import { describe, table, underCi } from './outcome.mjs';

const rows = [
  { name: 'lint', seconds: 14.2, passed: 500, failed: 0, unit: 'files' },
  { name: 'unit', seconds: 200, passed: 900, failed: 1, skipped: ['go: apt'] },
  { name: 'browser', seconds: 0, missing: 'no Chromium: apt-get install it' },
];

test('the sum counts tests, never the files that were checked', () => {
  assert.match(table(rows), /^900 tests passed, 1 failed; broken: unit$/m);
});

test('the table names the seconds of each stage and how to rerun it', () => {
  assert.match(
    table(rows),
    /^lint +14 {2}500 files {3}npm test -- --only lint$/m,
  );
  assert.match(table(rows), /^together +214/m);
});

test('everything that was skipped is named with what to install', () => {
  assert.match(
    table(rows),
    /Skipped:\n {2}unit: go: apt\n {2}browser: no Chromium: apt-get install it\n/,
  );
});

test('under CI whatever is skipped is a failure', () => {
  assert.equal(underCi(rows[0]), rows[0]);
  assert.equal(underCi(rows[1]).failed, 2);
  const stage = underCi(rows[2]);
  assert.equal(stage.failed, 1);
  assert.match(describe(stage), /1 failed, 1 skipped/);
});
