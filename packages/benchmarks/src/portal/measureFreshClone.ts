import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Samples } from '../figures';
import { launchBrowser, PERSONA, signInAs } from './browser';
import { emptyFolder, freePorts, startPortal } from './harness';
import { repositoryRoot } from './launcher';

const run = promisify(execFile);

/**
 * From an empty folder to a page one can use: clone, `npm start`, sign in.
 * Package caches are as they are on this machine (warm after the first run).
 */
export async function measureFreshClone(
  rounds: number,
  samples: Samples,
): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const folder = await emptyFolder();
    const started = performance.now();
    await run('git', ['clone', '--quiet', repositoryRoot, folder]);
    const portal = await startPortal({
      ...(await freePorts()),
      cwd: folder,
      state: join(folder, '.waymark'),
    });
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await signInAs(page, portal.url, PERSONA);
      samples.add('freshClone', (performance.now() - started) / 1000);
    } finally {
      await browser.close();
      await portal.stop();
      await rm(folder, { recursive: true, force: true });
    }
  }
}
