import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

/** What Kubernetes waits for by default, less a third. */
const ENDS_WITHIN_SECONDS = 20;
/** How long whoever spreads requests takes to see that a replica is not ready any more. */
const NOTICED_AFTER_MS = 3_000;
const CLIENTS = 4;

/** Asks until told not to; resolves to the statuses and errors that it got. */
async function keepAsking(url, authorization, asking) {
  const got = [];
  while (asking()) {
    got.push(
      await fetch(url, { headers: { authorization } })
        .then(async answer => {
          await answer.arrayBuffer();
          return answer.status;
        })
        .catch(error => String(error.cause ?? error)),
    );
  }
  return got;
}

/** Ends a replica that people are using, and on which its own plugins hold long polls open. */
export async function checkShutdown({ checks, replica, authorization }) {
  await checks.check(
    `SIGTERM ends a replica within ${ENDS_WITHIN_SECONDS} seconds, and every request gets its answer`,
    async () => {
      let asking = true;
      const clients = Array.from({ length: CLIENTS }, () =>
        keepAsking(
          `${replica.url}/api/catalog/entities/by-query?limit=50`,
          authorization,
          () => asking,
        ),
      );
      await sleep(500);
      const started = performance.now();
      const ended = replica.stop();
      await sleep(NOTICED_AFTER_MS);
      assert.equal(await replica.health(), 1, 'it says that it is ready');
      asking = false;
      const got = (await Promise.all(clients)).flat();
      assert.equal(await ended, 0, 'exit code');
      const seconds = (performance.now() - started) / 1000;
      assert.ok(seconds < ENDS_WITHIN_SECONDS, `it took ${seconds} s`);
      assert.ok(got.length > CLIENTS, 'too few requests to tell');
      assert.deepEqual(
        got.filter(one => one !== 200),
        [],
      );
    },
  );
}
