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
    if (href.startsWith(portal.forgeUrl)) {
      const { status } = await fetch(href);
      if (status !== 200) dead.push(`${href} (${status}) from ${from}`);
    } else if (href.startsWith(portal.url)) {
      await page.goto(href);
      await page.waitForLoadState('networkidle');
      const missing = page.getByText(
        /PAGE NOT FOUND|Looks like someone dropped the mic|There is no .* with the requested/i,
      );
      if (await missing.count()) dead.push(`${href} (not found) from ${from}`);
    } else {
      dead.push(`${href} leaves the machine, from ${from}`);
    }
  }
  expect(dead).toEqual([]);
});
