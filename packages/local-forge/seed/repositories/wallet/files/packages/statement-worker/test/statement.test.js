import assert from 'node:assert/strict';
import { test } from 'node:test';
import { statement } from '../src/index.js';

test('lines are in order and the balance is carried', () => {
  const text = statement({
    user: 'ann',
    month: '2026-03',
    opening: 1_000,
    lines: [
      { date: '2026-03-09', text: 'To Ben', amount: -250 },
      { date: '2026-03-02', text: 'Top-up', amount: 5_000 },
      { date: '2026-04-01', text: 'Next month', amount: 1 },
    ],
  });
  const rows = text.split('\n');
  assert.match(rows[2], /^2026-03-02 {2}Top-up.* 60\.00$/);
  assert.match(rows.at(-1), /57\.50$/);
  assert.doesNotMatch(text, /Next month/);
});
