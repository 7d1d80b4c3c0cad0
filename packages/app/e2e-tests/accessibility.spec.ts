import AxeBuilder from '@axe-core/playwright';
import { PAGES } from './support/catalogPages';
import { expect, signInAs, test } from './support/portal';

const SERIOUS = new Set(['serious', 'critical']);

async function seriousFaults(page: import('@playwright/test').Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact && SERIOUS.has(impact))
    .map(({ id, nodes }) => `${id}: ${nodes[0].html} (${nodes.length})`);
}

for (const scheme of ['light', 'dark'] as const) {
  test.describe(`accessibility, ${scheme} theme`, () => {
    test.use({ colorScheme: scheme });

    test('the sign-in page has no serious fault', async ({ page }) => {
      await page.goto('/');
      await page
        .getByRole('button', { name: /dev-checkout\b/ })
        .first()
        .waitFor();
      expect(await seriousFaults(page)).toEqual([]);
    });

    for (const { name, path, ready } of PAGES) {
      test(`the ${name} page has no serious fault`, async ({ page }) => {
        await signInAs(page, 'dev-checkout');
        await page.goto(path);
        await expect(page.getByText(ready).first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        expect(await seriousFaults(page)).toEqual([]);
      });
    }
  });
}
