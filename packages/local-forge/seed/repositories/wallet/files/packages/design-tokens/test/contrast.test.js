import assert from 'node:assert/strict';
import { test } from 'node:test';
import { colours, contrast, toCss } from '../src/index.js';

for (const theme of ['light', 'dark']) {
  test(`every colour can be read on the ${theme} surface`, () => {
    const { surface, ...others } = colours[theme];
    for (const [name, colour] of Object.entries(others)) {
      assert.ok(contrast(colour, surface) >= 4.5, `${name}: ${contrast(colour, surface).toFixed(2)}`);
    }
  });
}

test('black on white is 21 to 1', () => {
  assert.equal(Math.round(contrast('#000000', '#ffffff')), 21);
  assert.match(toCss('dark'), /--surface: #14171a;/);
});
