import type { Page } from '@playwright/test';
import { startOidcPortal } from './support/oidcPortal';
import { expect, test } from './support/portal';

const ACCOUNTS = {
  known: {
    email: 'dev-checkout@acme.example',
    email_verified: true,
    name: 'Mina Okafor',
  },
  unknown: {
    email: 'stranger@elsewhere.example',
    email_verified: true,
    name: 'A Stranger',
  },
};

async function signIn(page: Page, url: string, account: string) {
  await page.goto(url);
  const popupOpens = page.waitForEvent('popup');
  await page.getByRole('button', { name: /Single sign-on/ }).click();
  const popup = await popupOpens;
  await popup.locator('input[name=login]').fill(account);
  await popup.locator('input[name=password]').fill('any');
  await popup.locator('button[type=submit]').click();
  await popup.getByRole('button', { name: 'Continue' }).click();
}

test.describe('sign-in with OpenID Connect', () => {
  let oidc: Awaited<ReturnType<typeof startOidcPortal>>;
  test.beforeAll(async () => {
    test.setTimeout(180_000);
    oidc = await startOidcPortal(ACCOUNTS);
  });
  test.afterAll(() => oidc?.stop());

  test('lets a person in whom the catalog knows by a verified address', async ({
    page,
  }) => {
    test.setTimeout(180_000);
    // The catalog of this second backend is filled within seconds of its start;
    // until then nobody is known, and the provider is asked once more.
    await expect(async () => {
      await page.context().clearCookies();
      await signIn(page, oidc.url, 'known');
      await expect(
        page.getByRole('heading', { name: /Mina Okafor/ }),
      ).toBeVisible({ timeout: 10_000 });
    }).toPass({ timeout: 120_000 });
  });

  test('tells an unknown person why, and whom to ask', async ({ page }) => {
    await signIn(page, oidc.url, 'unknown');
    const notice = page.getByRole('alert');
    await expect(notice).toContainText('stranger@elsewhere.example');
    await expect(notice).toContainText('the platform team');
    await expect(
      page.getByRole('link', { name: 'Catalog', exact: true }),
    ).toHaveCount(0);
  });

  test('offers no personas', async ({ page, request }) => {
    await page.goto(oidc.url);
    await expect(
      page.getByRole('button', { name: /Single sign-on/ }),
    ).toBeVisible();
    await expect(page.getByText('dev-checkout')).toHaveCount(0);
    const list = await request.get(`${oidc.url}/api/auth/personas/list`);
    expect(list.status()).toBe(404);
  });
});
