import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { render } from '../src/render.js';

test('text is escaped, trusted content is not', () => {
  assert.equal(render('{{a}} {{{b}}}', { a: '<b>', b: '<i>' }), '&lt;b&gt; <i>');
});

test('an unknown name is an error', () => {
  assert.throws(() => render('{{nothing}}', {}), /nothing/);
});

test('the site builds', () => {
  const out = mkdtempSync(join(tmpdir(), 'portal-'));
  execFileSync(process.execPath, ['build.js', out], { cwd: new URL('..', import.meta.url) });
  assert.match(readFileSync(join(out, 'payouts.html'), 'utf8'), /<h1>Payouts<\/h1>/);
  rmSync(out, { recursive: true });
});
