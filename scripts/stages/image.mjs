import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBrowser } from '../lib/browser.mjs';
import { UserError } from '../lib/fail.mjs';
import { bundleIn } from '../lib/image/bundleCache.mjs';
import { Checks } from '../lib/image/checks.mjs';
import {
  operatorEnvironment,
  replicaStarter,
  startSurroundings,
} from '../lib/image/deployment.mjs';
import { checkPortal } from '../lib/image/portalChecks.mjs';
import {
  checkFiles,
  checkLogs,
  checkProcesses,
  startReplicas,
} from '../lib/image/processChecks.mjs';
import { addTemplate } from '../lib/image/template.mjs';
import { findPostgres } from '../lib/postgresBinaries.mjs';

/** Why it cannot run on this machine, and what to install; undefined when it can. */
async function whatIsMissing(executable) {
  if (process.platform === 'win32') {
    return 'the scripts of the image need a POSIX shell';
  }
  if (!executable) {
    return 'no Chromium is installed (Debian: apt-get install chromium; elsewhere: Chrome), and the one from npm does not run here';
  }
  return findPostgres().then(
    () => undefined,
    error => {
      if (error instanceof UserError) return error.message;
      throw error;
    },
  );
}

async function runChecks(folder, executable, starting) {
  const checks = new Checks();
  const built = await bundleIn(folder, folder);
  const surroundings = await starting;
  await addTemplate(surroundings.forge);
  const files = await checkFiles(checks, built);
  const env = operatorEnvironment(surroundings);
  const startReplica = await replicaStarter(
    { image: built, folder, replicas: surroundings.replicas },
    env,
  );
  const replicas = await startReplicas(checks, startReplica);
  const context = { checks, executable, surroundings, replicas, env, files };
  await checkProcesses(context);
  await checkPortal(context);
  await checkLogs(context);
  if (checks.failed > 0) await built.forget();
  return { passed: checks.passed, failed: checks.failed };
}

/** The production bundle as the Dockerfile builds it, and two replicas of it as an operator runs them. */
export default async function image() {
  const executable = await findBrowser();
  const missing = await whatIsMissing(executable);
  if (missing) return { missing };
  const folder = await mkdtemp(join(tmpdir(), 'waymark-image-'));
  // The user of the image reads what lies here.
  await chmod(folder, 0o755);
  // What the portal talks to starts while the image is built.
  const starting = startSurroundings(folder);
  starting.catch(() => {});
  try {
    return await runChecks(folder, executable, starting);
  } finally {
    const surroundings = await starting.catch(() => undefined);
    await surroundings?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}
