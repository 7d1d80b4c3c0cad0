import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alone } from './lock.mjs';
import { runNpm } from './npm.mjs';
import { inState, root, toolchain } from './paths.mjs';
import { explainNpmFailure, runToEnd } from './processes.mjs';
import { step } from './progress.mjs';

const YARN = join(root, '.yarn/releases/yarn-4.13.0.cjs');
const STAMP = join(root, 'node_modules/.waymark-installed');

async function lockHash() {
  const hash = createHash('sha256');
  for (const file of ['yarn.lock', '.yarnrc.yml']) {
    hash.update(await readFile(join(root, file)));
  }
  // Native bindings are chosen per Node ABI and platform.
  hash.update(
    `${process.versions.modules} ${process.platform} ${process.arch}`,
  );
  return hash.digest('hex');
}

/**
 * Yarn does not read npm's settings; whoever has set up npm for their network
 * has thereby set up the install too.
 */
async function npmSettings() {
  const setting = name =>
    runNpm(['config', 'get', name])
      .then(output => output.trim().split('\n').at(-1))
      .catch(() => '');
  const variables = {
    YARN_NPM_REGISTRY_SERVER: 'registry',
    YARN_HTTPS_PROXY: 'https-proxy',
    YARN_HTTP_PROXY: 'proxy',
    YARN_HTTPS_CA_FILE_PATH: 'cafile',
  };
  const env = {};
  for (const [variable, name] of Object.entries(variables)) {
    const value = process.env[variable] ?? (await setting(name));
    if (value && !['null', 'undefined'].includes(value)) {
      env[variable] = value.replace(/\/$/, '');
    }
  }
  return env;
}

async function install() {
  const log = inState('logs', 'install.log');
  await mkdir(inState('logs'), { recursive: true });
  const settings = await npmSettings();
  await step('Installing the packages of yarn.lock', report =>
    runToEnd(process.execPath, [YARN, 'install', '--immutable'], {
      cwd: root,
      log,
      env: {
        ...process.env,
        ...settings,
        YARN_ENABLE_PROGRESS_BARS: 'false',
        CI: '',
      },
      onLine: line => report(line.replace(/^➤ \S+ /, '').slice(0, 60)),
    }).catch(error => {
      throw explainNpmFailure(
        error,
        'The packages could not be installed',
        log,
      );
    }),
  );
}

/** Installs exactly the lock file, only when it changed since the last time. */
export async function ensureInstalled() {
  const wanted = await lockHash();
  const installed = async () =>
    existsSync(STAMP) && (await readFile(STAMP, 'utf8')) === wanted;
  if (await installed()) return;
  await alone(join(toolchain, 'install.lock'), async () => {
    if (await installed()) return;
    await install();
    await writeFile(STAMP, wanted);
  });
}

/** The vendored Yarn, to be run with `process.execPath`. */
export const yarn = YARN;
