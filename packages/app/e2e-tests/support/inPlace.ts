import { expect, type Page } from '@playwright/test';

const NOWHERE = '/nowhere';

async function push(page: Page, address: string) {
  await page.evaluate(to => {
    window.history.pushState(null, '', to);
    window.dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, address);
}

/**
 * Goes to another place of the portal as the portal's own links do: the app stays
 * loaded. It goes by a page without content, so that whatever is seen next is what
 * the address shows.
 *
 * An app that is still loading has read its address but does not yet follow it, so
 * it is told again until it does.
 */
export async function goInPlace(page: Page, address: string) {
  const nothing = page.getByText(`There is nothing at ${NOWHERE}.`);
  await expect(async () => {
    await push(page, NOWHERE);
    await expect(nothing).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(async () => {
    await push(page, address);
    await expect(nothing).toHaveCount(0, { timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
}
