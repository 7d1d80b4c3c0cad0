import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file below a folder; its path has forward slashes on every system. */
export interface FileBelow {
  path: string;
  executable: boolean;
}

/** Everything but files: what tools leave in a checkout is not what it is made of. */
const PASSED_OVER = ['.git', 'node_modules'];

/** The files below a folder in the order of their paths, by code unit. */
export async function filesBelow(folder: string): Promise<FileBelow[]> {
  const found: FileBelow[] = [];
  const visit = async (current: string): Promise<void> => {
    for (const entry of await readdir(current, { withFileTypes: true })) {
      if (PASSED_OVER.includes(entry.name)) continue;
      const file = join(current, entry.name);
      if (entry.isDirectory()) {
        await visit(file);
      } else {
        const { mode } = await stat(file);
        found.push({
          path: relative(folder, file).split(sep).join('/'),
          // eslint-disable-next-line no-bitwise
          executable: (mode & 0o100) !== 0,
        });
      }
    }
  };
  await visit(folder);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}
