import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { yarn } from './install.mjs';
import { alone } from './lock.mjs';
import { inState, root, toolchain } from './paths.mjs';
import { explainNpmFailure, runToEnd } from './processes.mjs';
import { step } from './progress.mjs';

const DIST = join(root, 'packages/app/dist');
const STAMP = join(DIST, '.waymark-source-hash');
const FRONTEND_ROLES = new Set([
  'frontend',
  'frontend-plugin',
  'frontend-plugin-module',
  'web-library',
  'common-library',
]);

async function* filesBelow(folder) {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (!/\.test\.tsx?$/.test(entry.name)) yield path;
  }
}

/** Folders whose content ends up in the browser bundle. */
async function bundledFolders() {
  const folders = [];
  for (const group of ['packages', 'plugins']) {
    for (const name of await readdir(join(root, group))) {
      const manifestFile = join(root, group, name, 'package.json');
      if (!existsSync(manifestFile)) continue;
      const manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
      if (FRONTEND_ROLES.has(manifest.backstage?.role)) {
        folders.push(join(root, group, name));
      }
    }
  }
  return folders;
}

async function sourceHash() {
  const hash = createHash('sha256');
  const add = async file => {
    hash.update(relative(root, file));
    hash.update(await readFile(file));
  };
  await add(join(root, 'yarn.lock'));
  for (const folder of await bundledFolders()) {
    await add(join(folder, 'package.json'));
    for (const part of ['src', 'public', 'config.d.ts']) {
      const path = join(folder, part);
      if (!existsSync(path)) continue;
      if (part === 'config.d.ts') await add(path);
      else for await (const file of filesBelow(path)) await add(file);
    }
  }
  return hash.digest('hex');
}

async function build() {
  const log = inState('logs', 'build.log');
  await mkdir(inState('logs'), { recursive: true });
  await step('Building the browser app', () =>
    runToEnd(process.execPath, [yarn, 'workspace', 'app', 'build'], {
      cwd: root,
      log,
    }).catch(error => {
      throw explainNpmFailure(error, 'The browser app could not be built', log);
    }),
  );
}

/** Builds the browser app when its sources differ from those of the last build. */
export async function ensureAppBuilt() {
  return alone(join(toolchain, 'app-build.lock'), async () => {
    const wanted = await sourceHash();
    const have = existsSync(STAMP) ? await readFile(STAMP, 'utf8') : '';
    if (have === wanted) return false;
    await build();
    await writeFile(STAMP, wanted);
    return true;
  });
}
