import type { Page } from '@playwright/test';
import { expect, signInAs, test } from './support/portal';

const FORM = '/create/templates/default/create-http-service';

const nameOf = (page: Page) => page.getByRole('textbox', { name: /^Name/ });
const next = (page: Page) => page.getByRole('button', { name: 'Next' });

test.describe('the form of a new service', () => {
  test('refuses a name that is taken while it is typed, and at Next', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    await page.goto(FORM);

    await nameOf(page).fill('checkout-api');
    const status = page.getByText(/checkout-api is taken/);
    await expect(status).toBeVisible();
    await expect(
      status.getByRole('link', { name: /checkout/i }).first(),
    ).toHaveAttribute('href', '/catalog/default/component/checkout-api');

    await page
      .getByRole('textbox', { name: /^Description/ })
      .fill('Exchange rates for merchants');
    // Chosen without typing: a list that stays open would hide "Next".
    await page.getByRole('combobox', { name: /^System/ }).click();
    await page.getByRole('combobox', { name: /^System/ }).press('ArrowDown');
    await page.getByRole('option', { name: 'Checkout' }).first().click();
    await next(page).click();
    await expect(
      page.getByText(/is taken: there is already/).first(),
    ).toBeVisible();
    await expect(nameOf(page)).toBeVisible();

    await nameOf(page).fill('Not A Name');
    await expect(page.getByText(/must be lower-case words/)).toBeVisible();

    await nameOf(page).fill('duty-rates');
    await expect(
      page.getByText('duty-rates is free', { exact: true }),
    ).toBeVisible();
    await next(page).click();
    await expect(page.getByRole('radio', { name: 'PostgreSQL' })).toBeVisible();
  });

  test('lets a person go on when nobody can say whether the name is free', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    await page.route('**/golden-paths/names/**', route =>
      route.fulfill({ status: 503 }),
    );
    await page.goto(FORM);
    await nameOf(page).fill('duty-rates');
    await expect(page.getByText(/Nobody could say/)).toBeVisible();
  });

  test('opens with what the page of a group or system already says', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    await page.goto('/catalog/default/group/ledger');
    await page
      .getByRole('region', { name: /^Create for/ })
      .getByRole('link', { name: /HTTP service/ })
      .click();
    await expect(page.getByRole('combobox', { name: /^Owner/ })).toHaveValue(
      'Ledger',
    );

    await page.goto('/catalog/default/system/checkout');
    await page
      .getByRole('region', { name: /^Create in/ })
      .getByRole('link', { name: /HTTP service/ })
      .click();
    await expect(page.getByRole('combobox', { name: /^System/ })).toHaveValue(
      'Checkout',
    );
    await expect(page.getByRole('combobox', { name: /^Owner/ })).toHaveValue(
      'Checkout',
    );
  });
});
