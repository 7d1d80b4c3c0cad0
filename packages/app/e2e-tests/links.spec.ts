import type { Page } from '@playwright/test';
import { expect, portal, PortalApi, signInAs, test } from './support/portal';

/** Ten components, another ten on another day, the same ten on the same day. */
function choose<T>(items: T[], count: number): T[] {
  let seed = Math.floor(Date.now() / 86_400_000);
  const pool = [...items];
  const chosen: T[] = [];
  while (chosen.length < count && pool.length > 0) {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    chosen.push(...pool.splice(seed % pool.length, 1));
  }
  return chosen;
}

const ENTITY_PAGE = /^\/catalog\/([^/]+)\/([^/]+)\/([^/]+)$/;
const MISSING =
  /Page not found|Documentation not found|There is no .* with the requested/i;

/** What is wrong with a link, or undefined when it answers with what it promises. */
async function problemWith(href: string, page: Page, api: PortalApi) {
  if (href.startsWith(portal.forgeUrl)) {
    const { status } = await fetch(href, { headers: { accept: 'text/html' } });
    return status === 200 ? undefined : `answers ${status}`;
  }
  if (!href.startsWith(portal.url)) return 'leaves the machine';
  const entity = ENTITY_PAGE.exec(new URL(href).pathname);
  if (entity) {
    // The page of an entity is one application: whether there is such an
    // entity is what differs.
    const [, namespace, kind, name] = entity;
    const answer = await api.call(
      'GET',
      `/api/catalog/entities/by-name/${kind}/${namespace}/${name}`,
    );
    return answer.ok() ? undefined : `answers ${answer.status()}`;
  }
  await page.goto(href);
  await page.waitForLoadState('networkidle');
  return (await page.getByText(MISSING).count()) ? 'is not found' : undefined;
}

test('every link of ten component pages answers', async ({ page }) => {
  test.setTimeout(300_000);
  await signInAs(page, 'dev-checkout');
  const api = await PortalApi.of(page);
  const components = await api.json<Array<{ metadata: { name: string } }>>(
    '/api/catalog/entities?filter=kind=component',
  );
  const links = new Map<string, string>();
  for (const { metadata } of choose(components, 10)) {
    const path = `/catalog/default/component/${metadata.name}`;
    await page.goto(path);
    await expect(
      page.getByRole('heading', { name: 'Relations' }),
    ).toBeVisible();
    await page.waitForLoadState('networkidle');
    const found = await page.$$eval('a[href]', anchors =>
      anchors.map(anchor => (anchor as HTMLAnchorElement).href),
    );
    for (const href of found) links.set(href.replace(/#.*$/, ''), path);
  }
  expect(links.size).toBeGreaterThan(100);

  const dead: string[] = [];
  for (const [href, from] of links) {
    const problem = await problemWith(href, page, api);
    if (problem) dead.push(`${href} ${problem}, from ${from}`);
  }
  expect(dead).toEqual([]);
});
