import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launcher } from '../portal/launcher';
import { neutralWorkload, parseWorkload } from './neutral';
import type { Place } from './openEngine';
import { PORTION } from './population';
import { RULES } from '../rules/workload';
import { serve } from './serve';

/** Writes a workload for {@link serveWorkload}, and for whatever else is measured on the same one. */
export async function writeWorkload(
  file: string,
  entities: number,
  checks: number,
): Promise<void> {
  if (!(entities > 0) || entities % PORTION !== 0) {
    throw new Error(`entities: must be a multiple of ${PORTION}`);
  }
  if (!(checks > 0) || checks % RULES.length !== 0) {
    throw new Error(`checks: must be a multiple of ${RULES.length}`);
  }
  const workload = neutralWorkload({ entities, checks });
  await writeFile(file, JSON.stringify(workload));
}

/**
 * Answers over HTTP until it is told to stop, over a fresh and empty database of its own.
 *
 * @param client - `pg` or `sqlite`
 */
export async function serveWorkload(
  file: string,
  client: string,
  print: (line: string) => void,
): Promise<void> {
  const workload = parseWorkload(await readFile(file, 'utf8'));
  const { freePort } = await launcher('freePort');
  const server = await serve(workload, {
    place: await freshPlace(client),
    port: await freePort(),
  });
  print(
    JSON.stringify({
      url: server.url,
      authorization: `Bearer ${server.token}`,
      secondsToResults: server.secondsToResults,
      memoryMb: Math.round(process.resourceUsage().maxRSS / 1_024),
    }),
  );
  await new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => resolve());
    }
  });
  await server.stop();
}

async function freshPlace(client: string): Promise<Place> {
  if (client === 'sqlite') {
    const folder = await mkdtemp(join(tmpdir(), 'waymark-serve-'));
    return { client: 'better-sqlite3', folder };
  }
  if (client !== 'pg') {
    throw new Error(`database: must be pg or sqlite, but is ${client}`);
  }
  const { startPostgres } = await launcher('postgres');
  const { connectionString } = await startPostgres({ durable: true });
  return { client: 'pg', connection: `${connectionString}/postgres` };
}
