import { goInPlace } from './support/inPlace';
import { linksOf, problemWith } from './support/links';
import { expect, PortalApi, signInAs, test } from './support/portal';
import { settled } from './support/settled';

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
    await goInPlace(page, path);
    await expect(
      page.getByRole('heading', { name: 'Relations' }),
    ).toBeVisible();
    await settled(page);
    for (const href of await linksOf(page)) links.set(href, path);
  }
  expect(links.size).toBeGreaterThan(100);

  const dead: string[] = [];
  for (const [href, from] of links) {
    const problem = await problemWith(href, page, api);
    if (problem) dead.push(`${href} ${problem}, from ${from}`);
  }
  expect(dead).toEqual([]);
});
