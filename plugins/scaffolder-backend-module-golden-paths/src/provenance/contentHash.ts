import { createHash } from 'node:crypto';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * SHA-256 over a folder: every file's path, kind (file, executable, link) and content, in the order of the paths. Independent of
 * times, owners and the machine; Git's own data is left out.
 */
export async function contentHash(folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const path of await filesBelow(folder, '')) {
    const file = join(folder, path);
    const stat = await lstat(file);
    const isLink = stat.isSymbolicLink();
    const content = isLink
      ? Buffer.from(await readlink(file))
      : await readFile(file);
    let kind = 'file';
    if (isLink) {
      kind = 'link';
    } else if (stat.mode & 0o100) {
      kind = 'executable';
    }
    // Lengths before contents, so that no two folders give the same stream.
    hash.update(JSON.stringify([path, kind, content.length]));
    hash.update(content);
  }
  return `sha256:${hash.digest('hex')}`;
}

async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const entries = await readdir(join(folder, prefix), { withFileTypes: true });
  const paths = await Promise.all(
    entries
      .filter(({ name }) => name !== '.git')
      .map(async entry => {
        const path = prefix ? `${prefix}/${entry.name}` : entry.name;
        return entry.isDirectory() ? filesBelow(folder, path) : [path];
      }),
  );
  // By code unit: a locale's order would differ between machines.
  return paths.flat().sort((a, b) => (a < b ? -1 : 1));
}
