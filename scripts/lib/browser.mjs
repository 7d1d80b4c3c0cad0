import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from './paths.mjs';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
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

/** A Chromium: the one named by `CHROME_PATH`, an installed one, or the one that an npm package ships. */
export async function findBrowser() {
  const path = [process.env.CHROME_PATH, ...INSTALLED].find(
    candidate => candidate && existsSync(candidate),
  );
  if (path) return { path, args: QUIET };
  try {
    const { pathToFileURL } = await import('node:url');
    const entry = createRequire(
      join(root, 'packages/app/package.json'),
    ).resolve('@sparticuz/chromium');
    const { default: chromium } = await import(pathToFileURL(entry).href);
    return {
      path: await chromium.executablePath(),
      args: [...chromium.args, ...QUIET],
    };
  } catch {
    return undefined;
  }
}
