import { expect, signInAs, test } from './support/portal';

test.describe('signing in', () => {
  test('offers people by role, and no password', async ({ page }) => {
    await page.goto('/');
    for (const role of ['Developer', 'Platform', 'Security', 'Audit']) {
      await expect(
        page.getByRole('group', { name: role, exact: true }),
      ).toBeVisible();
    }
    await expect(page.getByText('Development sign-in')).toBeVisible();
  });

  test('the home page says first what needs my attention', async ({ page }) => {
    await signInAs(page, 'dev-checkout');
    await expect(
      page.getByRole('heading', { name: /attention/i }),
    ).toBeInViewport();
    await expect(page.getByText('Checkout API').first()).toBeVisible();
  });

  test('a reload keeps the session, signing out ends it', async ({ page }) => {
    await signInAs(page, 'auditor');
    await page.reload();
    await expect(
      page.getByRole('link', { name: 'Catalog', exact: true }),
    ).toBeVisible();
    await page.goto('/settings');
    await page.getByRole('button', { name: 'more' }).click();
    await page.getByText('Sign Out').click();
    await expect(
      page.getByRole('heading', { name: 'Choose who you are' }),
    ).toBeVisible();
  });
});
