import assert from 'node:assert/strict';
import { eventually } from '../portalClient.mjs';
import { PORTAL_URL } from './deployment.mjs';
import { Metrics } from './metrics.mjs';
import { openBrowser, signIn } from './person.mjs';
import { checkShutdown } from './shutdownCheck.mjs';
import { TEMPLATE } from './template.mjs';

const CATALOG_SECONDS = 180;
const COMPONENTS = 30;
/** Stale after 20 s, looked for every 10 s, then the step that waits once more. */
const RECOVERY_SECONDS = 75;
const NAME = 'made-in-production';

/** The API of one replica, past the edge. */
function apiOf(replica, authorization) {
  return async (method, path, body) => {
    const answer = await fetch(replica.url + path, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(
        `${method} ${path}: ${answer.status} ${await answer.text()}`,
      );
    }
    return answer.json();
  };
}

async function checkSignIn({ checks, page, replicas, database }) {
  await checks.check(
    'The catalog is read from the GitHub Enterprise host, through proxy and private authority',
    () =>
      eventually(async () => {
        // The person belongs to the team, and the team owns the component.
        const rows = await database.query(
          `SELECT 1 FROM final_entities JOIN search USING (entity_id)
           WHERE (entity_ref, key, value) IN (
             ('user:default/dev-checkout', 'relations.memberof', 'group:default/checkout'),
             ('component:default/checkout-api', 'relations.ownedby', 'group:default/checkout'))`,
          'backstage_plugin_catalog',
        );
        const [{ count }] = await database.query(
          `SELECT count(*) FROM final_entities WHERE entity_ref LIKE 'component:%' AND final_entity IS NOT NULL`,
          'backstage_plugin_catalog',
        );
        return rows.length === 2 && Number(count) >= COMPONENTS;
      }, CATALOG_SECONDS),
  );
  const authorization = await checks.check(
    'A person signs in through OpenID Connect, each request to another replica',
    async () => {
      const header = await signIn(page, PORTAL_URL, 'mina');
      await page
        .getByRole('link', { name: 'Catalog', exact: true })
        .first()
        .waitFor();
      return header;
    },
  );
  await checks.check('Cookies travel over TLS only', async () => {
    const cookies = await page.context().cookies(PORTAL_URL);
    assert.ok(cookies.length > 0);
    assert.deepEqual(
      cookies.filter(({ secure }) => !secure).map(({ name }) => name),
      [],
    );
  });
  await checks.check('The catalog is shown', async () => {
    await page
      .getByRole('link', { name: 'Catalog', exact: true })
      .first()
      .click();
    await page.getByRole('link', { name: 'Checkout API' }).first().waitFor();
  });
  await checks.check('Both replicas know the same catalog', async () => {
    const [one, two] = await Promise.all(
      replicas.map(replica =>
        apiOf(replica, authorization)(
          'GET',
          '/api/catalog/entities/by-query?filter=kind=component&limit=0',
        ),
      ),
    );
    assert.ok(one.totalItems >= COMPONENTS);
    assert.equal(one.totalItems, two.totalItems);
  });
  return authorization;
}

async function checkRun({ checks, page, replicas, authorization, forge }) {
  const [first, second] = replicas;
  const [onFirst, onSecond] = replicas.map(replica =>
    apiOf(replica, authorization),
  );
  const taskId = await checks.check(
    'A run that was started on one replica is seen on the other',
    async () => {
      const { id } = await eventually(
        () =>
          onFirst('POST', '/api/scaffolder/v2/tasks', {
            templateRef: TEMPLATE,
            values: { name: NAME },
          }),
        30,
      );
      await eventually(async () => {
        const events = await onSecond(
          'GET',
          `/api/scaffolder/v2/tasks/${id}/events`,
        );
        return events.some(({ body }) => body.stepId === 'hold');
      }, 20);
      const { status } = await onSecond(
        'GET',
        `/api/scaffolder/v2/tasks/${id}`,
      );
      assert.equal(status, 'processing');
      return id;
    },
  );
  await first.kill();
  const path = `/api/scaffolder/v2/tasks/${taskId}`;
  await checks.check(
    'With one replica killed, the person stays signed in, and sees the run on the other',
    async () => {
      await page.goto(`${PORTAL_URL}/create/tasks/${taskId}`);
      await page.getByText('Hold').first().waitFor();
    },
  );
  await checks.check(
    'A run whose replica was killed is finished by the other, with the files of the first',
    async () => {
      await eventually(async () => {
        const { status } = await onSecond('GET', path);
        assert.notEqual(status, 'failed');
        return status === 'completed';
      }, RECOVERY_SECONDS);
      const answer = await fetch(
        `${forge.local}/repos/acme/${NAME}/contents/README.md`,
        { headers: { authorization: `token ${forge.token}` } },
      );
      const { content } = await answer.json();
      assert.equal(
        Buffer.from(content, 'base64').toString('utf8'),
        `# ${NAME}\n`,
      );
    },
  );
  assert.ok(second.running);
}

/** What people see of two replicas behind one address. */
export async function checkPortal(context) {
  const { checks, executable, surroundings, replicas, files } = context;
  const { browser, page } = await openBrowser(executable, surroundings);
  let authorization;
  try {
    authorization = await checkSignIn({
      ...{ checks, page, replicas },
      database: surroundings.database,
    });
    const metrics = new Metrics();
    await metrics.take(replicas);
    await checkRun({
      ...{ checks, page, replicas, authorization },
      forge: surroundings.forge,
    });
    await checks.check(
      'Every metric that the documentation names is there, at a port of its own',
      async () => {
        await metrics.take([replicas[1]]);
        await metrics.assertComplete();
      },
    );
  } finally {
    await browser.close();
  }
  await checks.check('Nothing was written into the image', () =>
    files.assertUntouched(),
  );
  await checkShutdown({ checks, replica: replicas[1], authorization });
}
