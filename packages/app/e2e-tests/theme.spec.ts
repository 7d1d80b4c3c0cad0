import { expect, signInAs, test } from './support/portal';

test('a form keeps what was typed when the operating system turns dark', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await signInAs(page, 'dev-checkout');
  await page.goto('/create/templates/default/create-repository');
  const name = page.getByLabel(/^Name/);
  await name.fill('refund-worker');
  const background = () =>
    page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();

  await page.emulateMedia({ colorScheme: 'dark' });

  await expect.poll(background).not.toBe(light);
  await expect(name).toHaveValue('refund-worker');
});
