import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, launcher } from './launcher';
import { portal } from './portal';

interface Service {
  ready(url: string, timeoutMs: number): Promise<void>;
  stop(): Promise<void>;
}

/**
 * A second backend on the forge of the portal under test, with `config` over its
 * own and nothing in its database.
 */
export async function startSecondPortal(name: string, config: object) {
  const folder = await mkdtemp(join(tmpdir(), `waymark-${name}-`));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const file = join(folder, 'config.json');
  await writeFile(file, JSON.stringify(config));
  const { startBackend } = await launcher<{
    startBackend(layout: unknown, options: unknown): Promise<Service>;
  }>('portal');
  const backend = await startBackend(
    {
      ports: { portal: port, forge: Number(new URL(portal.forgeUrl).port) },
      url,
      forgeUrl: portal.forgeUrl,
    },
    {
      name: `backend-${name}`,
      configs: [file],
      env: { WAYMARK_DB_DIRECTORY: join(folder, 'db') },
    },
  );
  const stop = async () => {
    await backend.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await backend.ready(`${url}/.backstage/health/v1/readiness`, 120_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}
