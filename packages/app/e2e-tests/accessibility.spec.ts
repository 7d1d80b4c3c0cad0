import type { Page } from '@playwright/test';
import { expectNoOtherFaults, SCHEMES, wear } from './support/accessible';
import { seriousFaults } from './support/axe';
import { PAGES } from './support/catalogPages';
import {
  expect,
  type Persona,
  PortalApi,
  signInAs,
  test,
} from './support/portal';
import { settled, watchRequests } from './support/settled';

test.describe('accessibility, in both themes', () => {
  test('the sign-in page has no serious fault', async ({ page }) => {
    watchRequests(page);
    await page.goto('/');
    for (const colorScheme of SCHEMES) {
      await wear(page, colorScheme);
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
