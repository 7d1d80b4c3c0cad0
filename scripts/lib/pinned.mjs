import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';

/** The exact version of a tool that Waymark brings along, from package.json `config`. */
export async function pinnedVersion(tool) {
  const manifest = JSON.parse(
    await readFile(join(root, 'package.json'), 'utf8'),
  );
  return manifest.config[tool];
}
