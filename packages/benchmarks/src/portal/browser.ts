import { chromium, type Browser, type Page } from '@playwright/test';
import { launcher } from './launcher';

/** Whose pages are measured. */
export const PERSONA = 'dev-checkout';

/** @throws Error when no Chromium can be had */
export async function launchBrowser(): Promise<Browser> {
  const { findBrowser } = await launcher('browser');
  const found = await findBrowser();
  if (!found) {
    throw new Error(
      'No Chromium was found: install it, or name it by CHROME_PATH',
    );
  }
  return chromium.launch({ executablePath: found.path, args: found.args });
}

/** Signs in on the sign-in page as one of the personas. */
export async function signInAs(page: Page, url: string, persona: string) {
  await page.goto(url);
  const button = page
    .getByRole('button')
    .filter({ has: page.getByText(persona, { exact: true }) });
  const inside = page.getByRole('link', { name: 'Catalog', exact: true });
  // A portal that has just started for the first time knows nobody yet; a
  // person would try again, and that time counts.
  for (let attempt = 0; attempt < 60; attempt += 1) {
    // While the portal answers the button is busy, and then it is gone with
    // the page; what counts is being inside.
    await button.click({ timeout: 1_000 }).catch(() => {});
    const entered = await inside
      .waitFor({ timeout: 2_000 })
      .then(() => true)
      .catch(() => false);
    if (entered) return;
  }
  throw new Error(`${persona} could not sign in`);
}

/**
 * Milliseconds from the start of a full page load until `text` is on the page
 * and the browser has been idle enough to answer an input: the page is usable.
 */
export async function millisecondsToUsable(
  page: Page,
  url: string,
  text: RegExp,
): Promise<number> {
  const started = performance.now();
  await page.goto(url, { waitUntil: 'commit' });
  await page.getByText(text).filter({ visible: true }).first().waitFor();
  await page.evaluate(
    () =>
      new Promise<void>(done => {
        requestIdleCallback(() => done(), { timeout: 5000 });
      }),
  );
  return performance.now() - started;
}
