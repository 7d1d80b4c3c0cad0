import type { Page } from '@playwright/test';
import { goInPlace } from './inPlace';
import { expect, portal, PortalApi, seen } from './portal';

const ENTITY = /^\/catalog\/([^/]+)\/([^/]+)\/([^/]+)$/;
const ENTITY_TAB = /^\/catalog\/[^/]+\/[^/]+\/[^/]+\/./;
const DOCUMENTATION = /^\/docs\/.|^\/catalog\/.+\/docs(\/|$)/;
const MISSING =
  /Page not found|Documentation not found|There is no .* with the requested/i;

/** Where the links of the page lead, without the place within. */
export async function linksOf(page: Page): Promise<Set<string>> {
  const found = await page.$$eval('a[href]', anchors =>
    anchors.map(anchor => (anchor as HTMLAnchorElement).href),
  );
  return new Set(found.map(href => href.replace(/#.*$/, '')));
}

/** What is there once a place of the portal has its content. */
function contentOf(page: Page, pathname: string) {
  if (DOCUMENTATION.test(pathname)) return page.locator('article');
  if (ENTITY_TAB.test(pathname)) {
    return page.locator(`a[aria-current=page][href="${pathname}"]`);
  }
  return page.locator('h1').filter({ visible: true });
}

/** What is wrong with a link, or undefined when it answers with what it promises. */
export async function problemWith(href: string, page: Page, api: PortalApi) {
  if (href.startsWith(portal.forgeUrl)) {
    const { status } = await fetch(href, { headers: { accept: 'text/html' } });
    return status === 200 ? undefined : `answers ${status}`;
  }
  if (!href.startsWith(portal.url)) return 'leaves the machine';
  const { pathname } = new URL(href);
  const entity = ENTITY.exec(pathname);
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
  await goInPlace(page, href);
  await expect(
    contentOf(page, pathname).or(seen(page, MISSING)).first(),
  ).toBeVisible();
  return (await page.getByText(MISSING).count()) ? 'is not found' : undefined;
}
