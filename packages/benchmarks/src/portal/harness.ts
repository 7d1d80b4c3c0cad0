import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launcher, type RunningPortal } from './launcher';

/** An empty folder for a portal's state. */
export function emptyFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'waymark-benchmark-'));
}

/** Starts a portal with the launcher of `cwd` (this checkout unless told) and waits for its URL. */
export async function startPortal(options: {
  state: string;
  cwd?: string;
}): Promise<RunningPortal> {
  const { startPortalProcess } = await launcher('portalProcess');
  const { freePort } = await launcher('freePort');
  return startPortalProcess({
    ...options,
    port: await freePort(),
    forgePort: await freePort(),
    quiet: true,
  });
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
