import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createLogger } from '../../src/logger.ts';
import { Readiness } from '../../src/readiness.ts';

describe('Readiness', () => {
  const lines: string[] = [];
  const logger = createLogger({
    level: 'info',
    service: 'test',
    destination: { write: (line) => void lines.push(line) },
  });

  it('goes from starting to ready to draining, and never back', async () => {
    const readiness = new Readiness({}, logger);
    assert.deepEqual(await readiness.report(), { status: 'starting', checks: {} });
    readiness.started();
    assert.deepEqual(await readiness.report(), { status: 'ready', checks: {} });
    readiness.drain();
    readiness.started();
    assert.deepEqual(await readiness.report(), { status: 'draining', checks: {} });
  });

  it('follows its checks, and logs only when one changes', async () => {
    let answer: () => Promise<void> = () => Promise.reject(new Error('refused'));
    const readiness = new Readiness({ store: () => answer() }, logger);
    readiness.started();
    for (let i = 0; i < 3; i++) {
      const report = await readiness.report();
      assert.deepEqual(report, { status: 'unavailable', checks: { store: { status: 'failed' } } });
    }
    answer = () => Promise.resolve();
    for (let i = 0; i < 3; i++) {
      const report = await readiness.report();
      assert.deepEqual(report, { status: 'ready', checks: { store: { status: 'ok' } } });
    }
    assert.equal(lines.length, 2);
  });

  it('counts a check that hangs as failing', async () => {
    const readiness = new Readiness({ store: () => new Promise(() => undefined) }, logger);
    readiness.started();
    const report = await readiness.report();
    assert.deepEqual(report, { status: 'unavailable', checks: { store: { status: 'failed' } } });
  });
});
