import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../paths.mjs';
import { runToEnd } from '../processes.mjs';

/** What Git knows, or would know after `git add`: what a container engine would be sent. */
export async function sourceFiles() {
  const listed = await runToEnd(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    { cwd: root },
  );
  return listed
    .split('\0')
    .filter(file => file && existsSync(join(root, file)));
}

/** Copies a folder without copying its bytes where the file system can, so that 200,000 files take seconds. */
export async function cloneFolder(from, to) {
  const cheaply = process.platform === 'darwin' ? ['-Rc'] : ['-a', '--link'];
  await runToEnd('cp', [...cheaply, from, to]).catch(async () => {
    await rm(to, { recursive: true, force: true });
    await runToEnd('cp', ['-a', from, to]);
  });
}

async function packageFolders() {
  const folders = ['node_modules'];
  for (const group of ['packages', 'plugins']) {
    for (const name of await readdir(join(root, group))) {
      folders.push(join(group, name, 'node_modules'));
    }
  }
  return folders.filter(folder => existsSync(join(root, folder)));
}

/**
 * A clean checkout with its packages installed, as the build stage of the
 * Dockerfile has it: the build may write there without disturbing this one.
 */
export async function copySources(target) {
  for (const file of await sourceFiles()) {
    await mkdir(dirname(join(target, file)), { recursive: true });
    await cp(join(root, file), join(target, file), { verbatimSymlinks: true });
  }
  for (const folder of await packageFolders()) {
    await cloneFolder(join(root, folder), join(target, folder));
  }
  // Tools would write into the files of this checkout.
  await rm(join(target, 'node_modules/.cache'), {
    recursive: true,
    force: true,
  });
}
