import type { Page } from '@playwright/test';
import { seriousFaults } from './support/axe';
import { PAGES, type PageToSee } from './support/catalogPages';
import { KNOWN_FAULTS } from './support/knownFaults';
import { goInPlace } from './support/inPlace';
import {
  expect,
  type Persona,
  PortalApi,
  seen,
  signInAs,
  test,
} from './support/portal';
import { settled, watchRequests } from './support/settled';

const SCHEMES = ['light', 'dark'] as const;

/** Turns the operating system, and with it the portal, light or dark. */
async function wear(page: Page, colorScheme: (typeof SCHEMES)[number]) {
  await page.emulateMedia({ colorScheme });
  await expect(
    page.locator(`body[data-theme-mode=${colorScheme}]`),
  ).toBeAttached();
}

/** A page may still be getting its last colours when it looks complete. */
const LOOKS_AGAIN = 2;

/** Opens a page once and looks at it in both themes: nothing is wrong but what is known, and all that is known is there. */
async function expectNoOtherFaults(
  page: Page,
  { name, path, ready }: PageToSee,
) {
  const known = KNOWN_FAULTS.filter(({ pages }) => pages.includes(name));
  const selectors = known.map(({ selector }) => selector);
  const needed = new Set<(typeof known)[number]>();
  await wear(page, SCHEMES[0]);
  await goInPlace(page, path);
  for (const scheme of SCHEMES) {
    await wear(page, scheme);
    await expect(seen(page, ready)).toBeVisible();
    await settled(page);
    const look = async () => {
      const faults = await seriousFaults(page, selectors);
      return faults.filter(fault => {
        const excuse = known.find(
          ({ rule, selector }) =>
            rule === fault.rule && fault.matches.includes(selector),
        );
        if (excuse) needed.add(excuse);
        return !excuse;
      });
    };
    let others = await look();
    for (let again = 0; others.length > 0 && again < LOOKS_AGAIN; again += 1) {
      await settled(page);
      others = await look();
    }
    expect(
      others.map(({ rule, html }) => ({ rule, html })),
      `${name}, ${scheme}`,
    ).toEqual([]);
  }
  expect(known.filter(entry => !needed.has(entry))).toEqual([]);
}

test.describe('accessibility, in both themes', () => {
  test('the sign-in page has no serious fault', async ({ page }) => {
    watchRequests(page);
    await page.goto('/');
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await page
        .getByRole('button', { name: /dev-checkout\b/ })
        .first()
        .waitFor();
      await settled(page);
      expect(await seriousFaults(page), colorScheme).toEqual([]);
    }
  });

  for (const [persona, pages] of Object.entries(PAGES)) {
    test.describe(`for ${persona}`, () => {
      const session: { page?: Page } = {};
      test.beforeAll(async ({ browser }) => {
        // Axe opens a page of its own beside this one, which needs a context.
        const context = await browser.newContext();
        session.page = await context.newPage();
        await signInAs(session.page, persona as Persona);
      });
      test.afterAll(() => session.page?.context().close());

      for (const pageToSee of pages) {
        test(`the ${pageToSee.name} page has no serious fault but the known ones`, async () => {
          await expectNoOtherFaults(session.page!, pageToSee);
        });
      }
    });
  }

  test('the page of a finished task has no serious fault but the known ones', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    const api = await PortalApi.of(page);
    // That repository is there already, so the run ends in an error and leaves nothing behind.
    const answer = await api.call('POST', '/api/scaffolder/v2/tasks', {
      templateRef: 'template:default/create-repository',
      values: {
        name: 'checkout-web',
        description: 'A name that is taken',
        type: 'service',
        lifecycle: 'experimental',
        owner: 'group:default/checkout',
        system: 'system:default/checkout',
      },
    });
    expect(answer.status(), await answer.text()).toBe(201);
    const { id } = await answer.json();
    await expectNoOtherFaults(page, {
      name: 'task',
      path: `/create/tasks/${id}`,
      ready: /failed, and the steps after it/,
    });
  });
});
