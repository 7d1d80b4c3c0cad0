import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { TreeChange, writeBlob, writeTree } from '../git/write/objects';

const IGNORED = new Set(['.git', 'node_modules', '.DS_Store']);

/**
 * Writes a folder of the disk as a Git tree.
 *
 * @returns the tree's id, undefined when there is no such folder or no file in it.
 */
export async function writeDiskTree(
  gitDir: string,
  folder: string,
): Promise<string | undefined> {
  const changes: TreeChange[] = [];
  await collect(gitDir, folder, '', changes);
  return changes.length > 0 ? await writeTree(gitDir, { changes }) : undefined;
}

async function collect(
  gitDir: string,
  root: string,
  path: string,
  changes: TreeChange[],
): Promise<void> {
  const entries = await readdir(join(root, path), {
    withFileTypes: true,
  }).catch(error => {
    if (error.code === 'ENOENT') {
      return [];
    }
    throw error;
  });
  for (const entry of entries) {
    const child = path ? `${path}/${entry.name}` : entry.name;
    if (IGNORED.has(entry.name)) {
      continue;
    }
    if (entry.isDirectory()) {
      await collect(gitDir, root, child, changes);
    } else if (entry.isFile()) {
      const file = join(root, child);
      const { mode } = await stat(file);
      changes.push({
        path: child,
        // eslint-disable-next-line no-bitwise
        mode: mode & 0o100 ? '100755' : '100644',
        sha: await writeBlob(gitDir, await readFile(file)),
      });
    }
  }
}
