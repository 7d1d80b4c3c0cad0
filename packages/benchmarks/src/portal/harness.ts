import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launcher, type RunningPortal } from './launcher';

/** An empty folder for a portal's state. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'waymark-benchmark-'));
}

/** Where a portal and its forge listen. */
export interface Ports {
  port: number;
  forgePort: number;
}

/** Two ports that nobody uses. */
export async function freePorts(): Promise<Ports> {
  const { freePort } = await launcher('freePort');
  return { port: await freePort(), forgePort: await freePort() };
}

/**
 * Starts a portal with the launcher of `cwd` (this checkout unless told) and waits for its URL.
 *
 * @param options - a portal that starts again has the ports of before, as it has for people: at another address the
 *   forge is another forge, and the catalog is read anew
 */
export async function startPortal(
  options: { state: string; cwd?: string } & Ports,
): Promise<RunningPortal> {
  const { startPortalProcess } = await launcher('portalProcess');
  return startPortalProcess({ ...options, quiet: true });
}

const READ_WITHIN_S = 180;
const SETTLED_AFTER_MS = 5_000;

/**
 * Waits until the portal has read the whole organisation and its repositories
 * for the first time: `persona` is known, and the catalog grows no more. A
 * portal that is stopped earlier leaves its reading to the next start, and no
 * one can sign in until then.
 */
export async function catalogIsRead(
  url: string,
  persona: string,
): Promise<void> {
  const { eventually, signInByApi } = await launcher('portalClient');
  const call = await eventually(() => signInByApi(url, persona), READ_WITHIN_S);
  const names = async () =>
    JSON.stringify(
      await call('GET', '/api/catalog/entities?fields=kind,metadata.name'),
    );
  await eventually(async () => {
    const before = await names();
    await new Promise(done => setTimeout(done, SETTLED_AFTER_MS));
    return before.includes('"checkout-api"') && (await names()) === before;
  }, READ_WITHIN_S);
}
