import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './paths.mjs';
import { runToEnd } from './processes.mjs';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The Chromium that an npm package ships; it is for Linux and wants system libraries, so it is tried. */
async function fromNpm() {
  const entry = createRequire(join(root, 'packages/app/package.json')).resolve(
    '@sparticuz/chromium',
  );
  const { default: chromium } = await import(pathToFileURL(entry).href);
  const path = await chromium.executablePath();
  await runToEnd(path, ['--version']);
  // Not its own arguments: they switch off what the tests are about.
  return { path, args: QUIET };
}

/**
 * A Chromium: the one named by `CHROME_PATH`, an installed one, or else the one
 * from npm. `WAYMARK_TEST_CHROMIUM=npm` passes over the installed ones.
 */
export async function findBrowser() {
  const path = [process.env.CHROME_PATH, ...INSTALLED].find(
    candidate => candidate && existsSync(candidate),
  );
  return path && process.env.WAYMARK_TEST_CHROMIUM !== 'npm'
    ? { path, args: QUIET }
    : fromNpm().catch(() => undefined);
}
