import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../lib/freePort.mjs';
import {
  assertServiceComplete,
  beginService,
  KILLED_SERVICE,
} from '../lib/killedRun.mjs';
import {
  eventually,
  forgeReferences,
  signInByApi,
} from '../lib/portalClient.mjs';
import { startPortalProcess } from '../lib/portalProcess.mjs';
import { runToEnd } from '../lib/processes.mjs';
import { say } from '../lib/progress.mjs';

/** Process ids of `pid` and everything below it. */
async function tree(pid) {
  const listed = await runToEnd('ps', ['-eo', 'pid=,ppid=']);
  const rows = listed
    .trim()
    .split('\n')
    .map(row => row.trim().split(/\s+/).map(Number));
  const found = [pid];
  for (const parent of found) {
    found.push(...rows.filter(row => row[1] === parent).map(row => row[0]));
  }
  return found;
}

/** That one of them, such as the `ps` of the list, has ended by itself is no error. */
function kill(pid) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

const SETTING = '/api/user-settings/buckets/waymark-test/keys/kept';

const tokenIn = async state =>
  (await readFile(join(state, 'forge', 'token'), 'utf8')).trim();

/** What must be as it was; the service whose making was killed is another matter. */
async function look(portal, state) {
  const api = await signInByApi(portal.url, 'dev-checkout');
  const token = await tokenIn(state);
  // Refs and uids: a catalog made anew would have other uids.
  const entities = await api(
    'GET',
    '/api/catalog/entities?fields=kind,metadata.namespace,metadata.name,metadata.uid',
  );
  const references = await forgeReferences(portal.forgeUrl, token);
  delete references[`acme/${KILLED_SERVICE}`];
  return {
    entities: entities
      .filter(
        ({ kind, metadata }) =>
          kind !== 'Location' && metadata.name !== KILLED_SERVICE,
      )
      .map(({ kind, metadata }) => `${kind}:${metadata.name} ${metadata.uid}`)
      .sort(),
    references,
    pulls: await fetch(`${portal.forgeUrl}/repos/acme/checkout-api/pulls`, {
      headers: { authorization: `token ${token}` },
    }).then(answer => answer.json()),
    setting: await api('GET', SETTING),
  };
}

/** Kills launcher, forge and backend with SIGKILL and starts again: nothing may be lost. */
export default async function restart() {
  const state = await mkdtemp(join(tmpdir(), 'waymark-restart-'));
  const options = {
    state,
    port: await freePort(),
    forgePort: await freePort(),
  };
  let portal;
  try {
    portal = await startPortalProcess(options);
    const api = await eventually(
      () => signInByApi(portal.url, 'dev-checkout'),
      60,
    );
    await eventually(async () => {
      const components = await api(
        'GET',
        '/api/catalog/entities?filter=kind=component&fields=metadata.name',
      );
      return components.length >= 30;
    }, 90);
    await api('PUT', SETTING, { value: { said: 'before the kill' } });
    const before = await eventually(async () => {
      const one = await look(portal, state);
      await new Promise(resolve => setTimeout(resolve, 3000));
      const two = await look(portal, state);
      assert.deepEqual(two, one, 'the catalog is still being read');
      return two;
    }, 120);

    const forge = { forgeUrl: portal.forgeUrl, token: await tokenIn(state) };
    const processes = (await tree(portal.pid)).reverse();
    const run = await beginService(api, forge);
    for (const pid of processes) kill(pid);
    portal = undefined;
    await new Promise(resolve => setTimeout(resolve, 1000));

    portal = await startPortalProcess(options);
    say.line(`second start: ${portal.secondsToReady.toFixed(1)} s`);
    const after = await look(portal, state);
    const checks = Object.keys(before).map(key => {
      try {
        assert.deepEqual(after[key], before[key]);
        return true;
      } catch (error) {
        process.stderr.write(
          `${key} differ after the kill: ${error.message}\n`,
        );
        return false;
      }
    });
    await assertServiceComplete(
      await signInByApi(portal.url, 'dev-checkout'),
      forge,
      run,
    );
    checks.push(true);
    return {
      passed: checks.filter(Boolean).length,
      failed: checks.filter(ok => !ok).length,
      note: `second start ${portal.secondsToReady.toFixed(1)} s`,
    };
  } finally {
    await portal?.stop();
    await rm(state, { recursive: true, force: true });
  }
}
