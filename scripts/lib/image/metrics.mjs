import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../paths.mjs';

/** The metrics that the documentation promises: the first column of its table. */
async function documentedMetrics() {
  const page = await readFile(join(root, 'docs/operate.md'), 'utf8');
  const section = page.slice(
    page.indexOf('## Metrics'),
    page.indexOf('## Objectives'),
  );
  return section
    .split('\n')
    .filter(line => line.startsWith('| `'))
    .flatMap(line => line.split('|')[1].match(/[a-z0-9_]{4,}/g));
}

const read = url => fetch(url).then(answer => answer.text());

/** Gathers what replicas have measured, since some of it is measured only now and then. */
export class Metrics {
  #text = '';

  async take(replicas) {
    for (const { url, metricsUrl } of replicas) {
      this.#text += await read(metricsUrl);
      // Only at their own port.
      assert.doesNotMatch(await read(`${url}/metrics`), /_duration_count/);
    }
  }

  async assertComplete() {
    const names = await documentedMetrics();
    assert.ok(names.length > 10);
    const missing = names.filter(
      name => !new RegExp(`^${name}(_count)?[{ ]`, 'm').test(this.#text),
    );
    assert.deepEqual(missing, []);
  }
}
