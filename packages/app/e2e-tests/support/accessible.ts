import type { Page } from '@playwright/test';
import { seriousFaults } from './axe';
import type { PageToSee } from './catalogPages';
import { goInPlace } from './inPlace';
import { KNOWN_FAULTS } from './knownFaults';
import { expect, seen } from './portal';
import { settled } from './settled';

/** The themes of the portal. */
export const SCHEMES = ['light', 'dark'] as const;

/** Turns the operating system, and with it the portal, light or dark. */
export async function wear(page: Page, colorScheme: (typeof SCHEMES)[number]) {
  await page.emulateMedia({ colorScheme });
  await expect(
    page.locator(`body[data-theme-mode=${colorScheme}]`),
  ).toBeAttached();
}

/** A page may still be getting its last colours when it looks complete. */
const LOOKS_AGAIN = 2;

/** Looks at a page as it is in both themes: nothing is wrong but what is known, and all that is known is there. */
export async function expectOnlyKnownFaults(
  page: Page,
  name: string,
  ready: () => Promise<void> = async () => {},
) {
  const known = KNOWN_FAULTS.filter(({ pages }) => pages.includes(name));
  const selectors = known.map(({ selector }) => selector);
  const needed = new Set<(typeof known)[number]>();
  for (const scheme of SCHEMES) {
    await wear(page, scheme);
    await ready();
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
  expect(known.filter(entry => !entry.isPassing && !needed.has(entry))).toEqual(
    [],
  );
}

/** Opens a page once and looks at it as {@link expectOnlyKnownFaults} does. */
export async function expectNoOtherFaults(
  page: Page,
  { name, path, ready }: PageToSee,
) {
  await wear(page, SCHEMES[0]);
  await goInPlace(page, path);
  await expectOnlyKnownFaults(page, name, () =>
    expect(seen(page, ready)).toBeVisible(),
  );
}
