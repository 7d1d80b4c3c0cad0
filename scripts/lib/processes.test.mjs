import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainNpmFailure, runToEnd } from './processes.mjs';

test('a program that fails hands over its exit code and output', async () => {
  await assert.rejects(
    runToEnd(process.execPath, ['-e', 'console.log("why"); process.exit(3)']),
    error => error.code === 3 && error.output.includes('why'),
  );
});

test('an unreachable registry is named as such, in one sentence', () => {
  const error = explainNpmFailure(
    { output: 'npm error code ENOTFOUND\nnpm error getaddrinfo ENOTFOUND' },
    'Node could not be fetched',
  );
  assert.equal(error.name, 'UserError');
  assert.match(error.message, /registry cannot be reached/);
  assert.doesNotMatch(error.message, /\n/);
});

test('another failure shows the end of the output', () => {
  const error = explainNpmFailure(
    { output: 'a\nb\nThe lockfile would have been modified' },
    'The packages could not be installed',
    'install.log',
  );
  assert.match(error.message, /lockfile would have been modified/);
  assert.match(error.message, /install\.log/);
});
