import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Clone } from './support/git';
import { expect, portal, PortalApi, signInAs, test } from './support/portal';

const run = promisify(execFile);
const root = resolve(__dirname, '../../..');
const NAME = 'documentation';
const FILE = `catalog/scorecards/${NAME}.yaml`;
const RULE = 'size(facts.catalog.description) >=';

interface Said {
  entityRef: string;
  since: string;
  cause: string;
}

/** When it last changed what the scorecard says of each entity, and why. */
async function saidOf(api: PortalApi): Promise<Said[]> {
  const { items, cursor } = await api.json<{ items: Said[]; cursor?: string }>(
    `/api/scorecards/scorecards/${NAME}/results?limit=500`,
  );
  expect(cursor).toBeUndefined();
  return items;
}

/** What has changed since then. */
const movedSince = (before: readonly Said[], after: readonly Said[]) =>
  after.filter(
    ({ entityRef, since }) =>
      before.find(said => said.entityRef === entityRef)?.since !== since,
  );

test.setTimeout(240_000);

test('what the comparison of a changed threshold names is exactly what moves at the merge, because of the definition', async ({
  page,
}) => {
  await signInAs(page, 'platform-engineer');
  const api = await PortalApi.of(page);
  const clone = await Clone.of('acme/portal');
  const today = await clone.read(FILE);
  const merge = async (text: string, message: string) => {
    await clone.write(FILE, text);
    await clone.push(message);
  };
  try {
    const changed = today.replace(`${RULE} 15`, `${RULE} 60`);
    expect(changed).not.toBe(today);
    await clone.git('checkout', '--quiet', '-b', 'longer-descriptions');
    await clone.write(FILE, changed);
    await clone.git('add', '--all');
    await clone.git('commit', '--quiet', '-m', 'Ask for longer descriptions');
    await clone.git('push', '--quiet', 'origin', 'longer-descriptions');

    const file = join(clone.folder, '.git', 'said.json');
    const { stdout } = await run(
      process.execPath,
      [
        join(root, 'scripts/waymark.mjs'),
        ...['scorecards', 'diff', '--base', 'origin/main', '--json', file],
      ],
      {
        cwd: clone.folder,
        env: {
          ...process.env,
          WAYMARK_PORTAL_URL: portal.url,
          WAYMARK_PORTAL_TOKEN: api.token,
        },
      },
    );
    const [{ name, simulation }] = JSON.parse(await readFile(file, 'utf8'));
    expect(name).toBe(NAME);
    const foretold: string[] = simulation.transitions.map(
      ({ entityRef }: { entityRef: string }) => entityRef,
    );
    expect(foretold.length).toBeGreaterThan(2);
    expect(stdout).toContain(`**${foretold.length} entities change**`);

    const before = await saidOf(api);
    await clone.git('checkout', '--quiet', 'main');
    await clone.git('merge', '--quiet', '--ff-only', 'longer-descriptions');
    await clone.git('push', '--quiet');
    const moved = async () => movedSince(before, await saidOf(api));
    await expect
      .poll(async () => (await moved()).length, { timeout: 60_000 })
      .toBeGreaterThanOrEqual(foretold.length);
    // Nothing else follows.
    await page.waitForTimeout(5_000);
    const after = await moved();
    expect(after.map(({ entityRef }) => entityRef).sort()).toEqual(
      [...foretold].sort(),
    );
    expect(new Set(after.map(({ cause }) => cause))).toEqual(
      new Set(['definition']),
    );
  } finally {
    await clone.git('checkout', '--quiet', 'main');
    if ((await clone.read(FILE)) !== today) {
      const before = await saidOf(api);
      await merge(today, 'Ask for descriptions as before');
      // What follows must not find them on their way.
      await expect
        .poll(async () => movedSince(before, await saidOf(api)).length, {
          timeout: 60_000,
        })
        .toBeGreaterThan(0);
    }
    await clone
      .git('push', '--quiet', 'origin', '--delete', 'longer-descriptions')
      .catch(() => {});
    await clone.remove();
  }
});
