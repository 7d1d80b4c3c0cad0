import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { STAGES } from '../commands/test.mjs';
import { root } from './paths.mjs';
import { stagesOf, withSeconds } from './stageTable.mjs';

const page = readFileSync(join(root, 'docs/contributing.md'), 'utf8');

test('the documentation lists exactly the stages that there are', () => {
  assert.deepEqual(stagesOf(page), STAGES);
});

test('measured seconds go into the row of their stage and nowhere else', () => {
  const changed = withSeconds(page, { unit: 123.6 });
  const row = text => text.split('\n').filter(line => /\| `/.test(line));
  const differing = row(changed).filter(line => !page.includes(line));
  assert.equal(differing.length, 1);
  assert.match(differing[0], /^\| `unit` .*\| 124 \|$/);
  assert.deepEqual(stagesOf(changed), STAGES);
});
