import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { assertInside } from './assertInside';

const MAX_FILE_BYTES = 5 * 1024 * 1024;
const IGNORED = /^(\.|node_modules$)/;

/**
 * The files below a folder, as paths relative to it with `/`: the files of a folder before those of its folders, each by
 * name. Hidden files, folders behind symbolic links and files above 5 MiB are left out, the last two with a log line.
 *
 * @throws NotAllowedError when a symbolic link leads out of `root`
 */
export async function collectFiles(options: {
  root: string;
  folder: string;
  log: (line: string) => void;
}): Promise<string[]> {
  const { root, folder, log } = options;

  const visit = async (prefix: string): Promise<string[]> => {
    const entries = await readdir(join(folder, prefix), {
      withFileTypes: true,
    });
    const files: string[] = [];
    const folders: string[] = [];
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (IGNORED.test(entry.name)) {
        continue;
      }
      const path = prefix + entry.name;
      if (entry.isSymbolicLink()) {
        await assertInside(root, join(folder, path), path);
      }
      if (entry.isDirectory()) {
        folders.push(`${path}/`);
        continue;
      }
      const { size, ...status } = await stat(join(folder, path)).then(
        found => ({
          size: found.size,
          isFile: found.isFile(),
        }),
      );
      if (!status.isFile) {
        log(`${path} is left out: it is not a file`);
      } else if (size > MAX_FILE_BYTES) {
        log(`${path} is left out: it is larger than 5 MiB`);
      } else {
        files.push(path);
      }
    }
    for (const path of folders) {
      files.push(...(await visit(path)));
    }
    return files;
  };

  return visit('');
}
