import { existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Tools of development, by what only they need; none may be in the image. */
export const DEVELOPMENT_ONLY = [
  '@backstage/cli',
  '@backstage/backend-test-utils',
  '@playwright/test',
  '@rspack/core',
  'emulate',
  'eslint',
  'jest',
  'oidc-provider',
  'prettier',
  'react-dom',
];

/** Those of these packages that code of the application could load. */
export function loadable(app, packages) {
  const from = createRequire(join(app, 'packages/backend/package.json'));
  return packages.filter(name =>
    (from.resolve.paths(name) ?? []).some(folder =>
      existsSync(join(folder, name, 'package.json')),
    ),
  );
}

/** Size and time of last change of everything below a folder, by path. */
export async function inventory(folder, into = {}) {
  const entries = await readdir(folder, { withFileTypes: true });
  await Promise.all(
    entries.map(async entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await inventory(path, into);
      else {
        const { size, mtimeMs } = await lstat(path);
        into[path] = `${size} ${mtimeMs}`;
      }
    }),
  );
  return into;
}
