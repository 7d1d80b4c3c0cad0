import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { freePort } from '../lib/freePort.mjs';
import { startPortalProcess } from '../lib/portalProcess.mjs';
import { freshResultFile } from '../lib/resultFile.mjs';
import { runShown } from '../lib/show.mjs';

/** Playwright in real Chromium against a portal started afresh, with `npm start` itself, in a state folder of its own. */
export default async function browser(args) {
  const executable = await findBrowser();
  if (!executable) {
    return {
      missing:
        'no Chromium is installed (Debian: apt-get install chromium; elsewhere: Chrome), and the one from npm does not run here',
    };
  }
  const state = await mkdtemp(join(tmpdir(), 'waymark-browser-'));
  const file = await freshResultFile('waymark-browser.json');
  const portal = await startPortalProcess({
    state,
    port: await freePort(),
    forgePort: await freePort(),
  });
  try {
    const { code } = await runShown(
      ['workspace', 'app', 'playwright', 'test', ...args],
      {
        env: {
          WAYMARK_TEST_BROWSER: executable.path,
          WAYMARK_TEST_BROWSER_ARGS: JSON.stringify(executable.args),
          WAYMARK_TEST_URL: portal.url,
          WAYMARK_TEST_FORGE_URL: portal.forgeUrl,
          WAYMARK_TEST_STATE: state,
          PLAYWRIGHT_JSON_OUTPUT_NAME: file,
        },
      },
    );
    const stats = await readFile(file, 'utf8')
      .then(text => JSON.parse(text).stats)
      .catch(() => ({ expected: 0, unexpected: 1, flaky: 0, skipped: 0 }));
    return {
      passed: stats.expected,
      failed: stats.unexpected + (code !== 0 && !stats.unexpected ? 1 : 0),
      skipped: Array.from(
        { length: stats.skipped },
        () => 'a test that Playwright lists above',
      ),
      note: stats.flaky ? `${stats.flaky} flaky` : undefined,
    };
  } finally {
    await portal.stop();
    await rm(state, { recursive: true, force: true });
  }
}
