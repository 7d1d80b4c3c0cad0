import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from '../processes.mjs';
import { DEVELOPMENT_ONLY, inventory, loadable } from './contents.mjs';

const HEALTHY_SECONDS = 240;

/** What is in the image, and what must not be. Resolves to how to find out whether anything was written into it. */
export async function checkFiles(checks, image) {
  await checks.check(
    'The image holds production dependencies only, and no local forge',
    async () => {
      assert.deepEqual(loadable(image.app, DEVELOPMENT_ONLY), []);
      assert.equal(existsSync(join(image.app, 'packages/local-forge')), false);
      assert.deepEqual(loadable(image.app, ['@waymark/local-forge']), []);
      // The same search does find what is there.
      assert.deepEqual(loadable(image.app, ['pg']), ['pg']);
    },
  );
  const before = await inventory(image.app);
  return {
    async assertUntouched() {
      assert.deepEqual(await inventory(image.app), before);
    },
  };
}

/** Starts two replicas at once, on a server without a database: the first start of all. */
export async function startReplicas(checks, startReplica) {
  const replicas = await Promise.all(
    ['replica-1', 'replica-2'].map(startReplica),
  );
  await checks.check(
    'Two replicas start at once where there is no database yet, and their own health check says when they are ready',
    async () => {
      assert.deepEqual(
        await Promise.all(replicas.map(replica => replica.health())),
        [1, 1],
      );
      await Promise.all(
        replicas.map(replica => replica.healthy(HEALTHY_SECONDS)),
      );
    },
  );
  return replicas;
}

/** How the replicas run. */
export async function checkProcesses({ checks, replicas }) {
  await checks.check('They run without privileges', async () => {
    for (const { pid } of replicas) {
      const uid = await runToEnd('ps', ['-o', 'uid=', '-p', String(pid)]);
      assert.notEqual(Number(uid), 0);
    }
  });
}

/** What the replicas have logged, all in all. */
export async function checkLogs({ checks, replicas, env }) {
  await checks.check(
    'They log JSON, with level, message and plugin, and no secret',
    async () => {
      const secrets = Object.entries(env).filter(([name]) =>
        /SECRET|TOKEN|PASSWORD/.test(name),
      );
      assert.equal(secrets.length, 5);
      for (const replica of replicas) {
        const output = await replica.output();
        const lines = output.trim().split('\n');
        assert.ok(lines.length > 20);
        for (const line of lines) {
          const { level, message } = JSON.parse(line);
          assert.ok(level && message !== undefined, line);
        }
        for (const [name, value] of secrets) {
          assert.equal(output.includes(value), false, `${name} is in the log`);
        }
      }
    },
  );
}
