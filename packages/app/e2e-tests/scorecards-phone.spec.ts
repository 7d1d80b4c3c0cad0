import type { Page } from '@playwright/test';
import { wear } from './support/accessible';
import type { PageToSee } from './support/catalogPages';
import { goInPlace } from './support/inPlace';
import { expect, type Persona, seen, signInAs, test } from './support/portal';
import { COLLECTORS_PAGE, SCORECARD_PAGES } from './support/scorecardPages';
import { settled } from './support/settled';

const PHONE = { width: 390, height: 844 };
test.setTimeout(240_000);

/** What reaches beyond the screen, and is not in a part that scrolls by itself and the keyboard reaches. */
const sticksOut = (page: Page) =>
  page.evaluate(() => {
    const scrolls = (element: Element) =>
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
      element.scrollWidth > element.clientWidth;
    const isOwnPart = (element: Element) =>
      scrolls(element) && element.matches('[tabindex="0"], nav, details');
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && element.checkVisibility();
    };
    const within = (element: Element | null): boolean =>
      element !== null && (isOwnPart(element) || within(element.parentElement));
    return [...document.querySelectorAll('main *, [role=dialog] *')]
      .filter(
        element =>
          isSeen(element) &&
          element.getBoundingClientRect().right > innerWidth + 1 &&
          !within(element) &&
          // A chart cuts off what it draws.
          !element.closest('svg'),
      )
      .map(element => element.outerHTML.slice(0, 200));
  });

/** Signing in looks for the navigation, which a phone hides. */
async function signInOnPhone(page: Page, persona: Persona) {
  await signInAs(page, persona);
  await page.setViewportSize(PHONE);
  await wear(page, 'light');
}

async function expectToFit(page: Page, { name, path, ready }: PageToSee) {
  await goInPlace(page, path);
  await expect(seen(page, ready)).toBeVisible();
  await settled(page);
  expect.soft(await sticksOut(page), name).toEqual([]);
}

test('on a phone no page of scorecards is wider than the screen', async ({
  page,
}) => {
  await signInOnPhone(page, 'dev-checkout');
  for (const pageToSee of SCORECARD_PAGES) await expectToFit(page, pageToSee);
  await expectToFit(page, { name: 'home', path: '/', ready: /attention/i });
});

test('on a phone the page of collectors is not wider than the screen', async ({
  page,
}) => {
  await signInOnPhone(page, 'platform-engineer');
  await expectToFit(page, COLLECTORS_PAGE);
});
