import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runToEnd } from '../processes.mjs';
import { step } from '../progress.mjs';
import { readDockerfile } from './dockerfile.mjs';
import { copySources } from './sources.mjs';

/**
 * Does what the Dockerfile does: its RUN lines, in its order, with folders of
 * `folder` in place of `/src`, `/bundle` and `/app`.
 *
 * @param {string} folder an empty one
 * @param {string} logs folder for the output of the scripts
 * @returns what {@link readDockerfile} says, and `app`, the folder that is `/app` of the image
 */
export async function buildBundle(folder, logs) {
  const inFolder = path => join(folder, path);
  for (const name of ['src', 'bundle', 'app']) await mkdir(inFolder(name));
  await step('Copying the sources', () => copySources(inFolder('src')));
  const image = await readDockerfile(inFolder('src/Dockerfile'));
  for (const { workdir, command } of image.runs) {
    if (workdir === '/app') {
      await cp(inFolder('bundle/skeleton'), inFolder('app'), {
        recursive: true,
      });
    }
    const [script, ...args] = command;
    await step(`Running ${command.join(' ')}`, () =>
      runToEnd(
        join(inFolder(workdir), script),
        args.map(path => inFolder(path)),
        {
          cwd: inFolder(workdir),
          log: join(logs, `${script.split('/').at(-1)}.log`),
          env: { ...process.env, CI: '', YARN_ENABLE_PROGRESS_BARS: 'false' },
        },
      ).catch(error => {
        const tail = error.output?.split('\n').slice(-30).join('\n');
        throw new Error(`${script} ended with ${error.code}:\n${tail}`);
      }),
    );
  }
  await cp(inFolder('bundle/app'), inFolder('app'), { recursive: true });
  return { ...image, app: inFolder('app') };
}
