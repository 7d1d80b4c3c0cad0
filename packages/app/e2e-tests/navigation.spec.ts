import { expect, signInAs, test } from './support/portal';

test('one item of the navigation says where one is, also on the page of the own team', async ({
  page,
}) => {
  await signInAs(page, 'dev-checkout');
  // Those of the side bar have a label, the tabs of a page have not.
  const current = page.locator('nav a[aria-label][aria-current=page]');
  await page.goto('/catalog/default/group/checkout');
  await expect(current).toHaveText(['My team']);
  await page.goto('/catalog/default/group/cards');
  await expect(current).toHaveText(['Catalog']);
});
