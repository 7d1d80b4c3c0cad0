import { mkdtemp } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A portal started by `npm start`'s own command. */
export interface RunningPortal {
  readonly url: string;
  readonly forgeUrl: string;
  readonly secondsToReady: number;
  stop(): Promise<void>;
}

interface StartOptions {
  state: string;
  port: number;
  forgePort: number;
  cwd?: string;
  quiet?: boolean;
}

/** The checkout that this package lies in. */
export const repositoryRoot = resolve(
  require.resolve('@waymark/benchmarks/package.json'),
  '../../..',
);

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise(done => server.close(done));
  return port;
}

/** An empty folder for a portal's state. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'waymark-benchmark-'));
}

/** Starts a portal with the launcher of `cwd` (this checkout unless told) and waits for its URL. */
export async function startPortal(options: {
  state: string;
  cwd?: string;
}): Promise<RunningPortal> {
  // The launcher is plain JavaScript outside of all packages; it is the thing measured.
  const launcher = (await import(
    pathToFileURL(join(repositoryRoot, 'scripts/lib/portalProcess.mjs')).href
  )) as { startPortalProcess(o: StartOptions): Promise<RunningPortal> };
  return launcher.startPortalProcess({
    ...options,
    port: await freePort(),
    forgePort: await freePort(),
    quiet: true,
  });
}
