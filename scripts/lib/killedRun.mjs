import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from './portalClient.mjs';

/** The service that is being made when everything is killed. */
export const KILLED_SERVICE = 'made-through-a-kill';

const ANSWERS = {
  name: KILLED_SERVICE,
  description: 'Made by a run that was killed in the middle',
  owner: 'group:default/checkout',
  system: 'system:default/checkout',
  lifecycle: 'experimental',
  language: 'go',
  containerised: true,
  backend: 'none',
  costCentre: 'CC-4401',
  dataClassification: 'internal',
};
const PUBLISHED_WITHIN_MILLIS = 60_000;
/** Stale after 20 s, looked for every 10 s, and then its steps. */
const COMPLETED_WITHIN_SECONDS = 120;

/** What the forge answers about that service's repository. */
function repositoryOf({ forgeUrl, token }) {
  return path =>
    fetch(`${forgeUrl}/repos/acme/${KILLED_SERVICE}${path}`, {
      headers: { authorization: `token ${token}` },
    });
}

/**
 * Begins to make the service; resolves to the id of the run at the first commit
 * of its repository, which is before the run protects it.
 */
export async function beginService(api, forge) {
  const repository = repositoryOf(forge);
  const { id } = await api('POST', '/api/scaffolder/v2/tasks', {
    templateRef: 'template:default/create-http-service',
    values: ANSWERS,
  });
  const deadline = performance.now() + PUBLISHED_WITHIN_MILLIS;
  while (!(await repository('/branches/main')).ok) {
    assert.ok(performance.now() < deadline, 'no repository was published');
    await sleep(10);
  }
  return id;
}

/**
 * Waits until the run has ended by itself: one repository, complete.
 *
 * @throws AssertionError also when the kill came too late to show anything
 */
export async function assertServiceComplete(api, forge, id) {
  const repository = repositoryOf(forge);
  const path = `/api/scaffolder/v2/tasks/${id}`;
  const task = await eventually(async () => {
    const { status } = await api('GET', path);
    return ['completed', 'failed', 'cancelled'].includes(status) && status;
  }, COMPLETED_WITHIN_SECONDS);
  const events = await api('GET', `${path}/events`);
  assert.equal(task, 'completed', events.at(-1).body.message);
  const recovered = events.findIndex(({ type }) => type === 'recovered');
  const beginningOf = step =>
    events.findIndex(({ body }) => body.stepId === step);
  assert.ok(
    beginningOf('publish') < recovered && recovered < beginningOf('protect'),
    'it was killed between publishing and protecting its repository',
  );
  const commits = await (await repository('/commits')).json();
  assert.equal(commits.length, 1, 'commits of its repository');
  const protection = await repository('/branches/main/protection');
  assert.equal(protection.status, 200, 'protection of its repository');
  const { environments } = await (await repository('/environments')).json();
  assert.deepEqual(
    environments.map(({ name }) => name).sort(),
    ['production', 'staging'],
    'environments of its repository',
  );
  const { items } = await api(
    'GET',
    `/api/catalog/entities/by-query?filter=kind=component,metadata.name=${KILLED_SERVICE}`,
  );
  assert.equal(items.length, 1, 'its component in the catalog');
}
