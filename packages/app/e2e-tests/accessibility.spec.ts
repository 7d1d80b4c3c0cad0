import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { PAGES } from './support/catalogPages';
import { KNOWN_FAULTS } from './support/knownFaults';
import { expect, seen, signInAs, test } from './support/portal';

const SERIOUS = new Set(['serious', 'critical']);

async function seriousFaults(page: Page) {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact && SERIOUS.has(impact))
    .map(({ id, nodes }) => ({
      id,
      where: nodes[0].html,
      count: nodes.length,
    }));
}

/** Nothing is loading any more, and no transition of colours is under way. */
async function settled(page: Page) {
  await page.waitForLoadState('networkidle');
  await expect(
    page.getByRole('progressbar').filter({ visible: true }),
  ).toHaveCount(0);
  // Colours fade for a third of a second after a page has its content.
  await page.waitForTimeout(600);
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
      test(`the ${name} page has no serious fault but the known ones`, async ({
        page,
      }) => {
        await signInAs(page, 'dev-checkout');
        await page.goto(path);
        await expect(seen(page, ready)).toBeVisible();
        await settled(page);
        const known = Object.keys(KNOWN_FAULTS[name] ?? {});
        const faults = await seriousFaults(page);
        expect(faults.filter(({ id }) => !known.includes(id))).toEqual([]);
        const found = faults.map(({ id }) => id);
        expect(known.filter(id => !found.includes(id))).toEqual([]);
      });
    }
  });
}
