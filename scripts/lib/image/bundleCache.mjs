import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { guard } from '../guardian.mjs';
import { alone } from '../lock.mjs';
import { root, toolchain } from '../paths.mjs';
import { buildBundle } from './bundle.mjs';
import { readDockerfile } from './dockerfile.mjs';
import { cloneFolder, sourceFiles } from './sources.mjs';

const PREFIX = 'image-';
/** Changes of these never reach the image. */
const ELSEWHERE =
  /^(docs|templates|catalog|packages\/app\/e2e-tests|packages\/(benchmarks|cli|local-forge)\/src)\/|\.test\.\w+$|\.md$|^scripts\/(?!image\/)/;

async function sourceHash() {
  const hash = createHash('sha256').update(process.version);
  for (const file of (await sourceFiles()).sort()) {
    if (ELSEWHERE.test(file)) continue;
    hash.update(`\0${file}\0`).update(await readFile(join(root, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** Removes what was built of other sources, so that there is one at a time. */
async function forgetOthers(kept) {
  for (const name of await readdir(toolchain)) {
    if (name.startsWith(PREFIX) && name !== kept && !name.endsWith('.lock')) {
      await rm(join(toolchain, name), { recursive: true, force: true });
    }
  }
}

/**
 * The image of this checkout in `folder`: built there, unless it has been built
 * of the same sources before.
 *
 * @returns what {@link buildBundle} returns; `forget()` has it built anew the next time
 */
export async function bundleIn(folder, logs) {
  const name = `${PREFIX}${await sourceHash()}`;
  const kept = join(toolchain, name);
  return alone(join(toolchain, `${PREFIX}build.lock`), async () => {
    const forget = () => rm(kept, { recursive: true, force: true });
    if (existsSync(kept)) {
      const app = join(folder, 'app');
      await cloneFolder(kept, app);
      const image = await readDockerfile(join(root, 'Dockerfile'));
      return { ...image, app, forget };
    }
    const built = await buildBundle(folder, logs);
    await forgetOthers(name);
    const unfinished = `${kept}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    const release = guard({ folder: unfinished });
    await cloneFolder(built.app, unfinished);
    await rename(unfinished, kept);
    release();
    return { ...built, forget };
  });
}
