import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { writeWorkload } from '../engine/serveProcess';
import type { Size } from '../engine/population';
import { emptyFolder } from '../portal/harness';
import { repositoryRoot } from '../portal/launcher';

/** The plugin over a workload, in a process of its own. */
export interface Served {
  readonly url: string;
  readonly authorization: string;
  readonly secondsToResults: number;
  stop(): Promise<void>;
}

/** Answers over HTTP from PostgreSQL, as `bench serve` does. */
export async function startServing({
  entities,
  checks,
}: Size): Promise<Served> {
  const folder = await emptyFolder();
  const file = join(folder, 'workload.json');
  await writeWorkload(file, entities, checks);
  const child = spawn(
    process.execPath,
    [
      ...['--require', '@backstage/cli/config/nodeTransform.cjs'],
      ...['src/main.ts', 'serve', file, 'pg'],
    ],
    {
      cwd: join(repositoryRoot, 'packages/benchmarks'),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const stop = async () => {
    if (child.exitCode === null) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    // What follows is the log of the plugin.
    child.stdout.resume();
    return { ...JSON.parse(line), stop };
  }
  await stop();
  throw new Error('The workload was not served');
}
