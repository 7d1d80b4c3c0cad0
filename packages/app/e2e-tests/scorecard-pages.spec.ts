import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, signInAs, test } from './support/portal';

const countIn = (text: string | null) => Number(/\d+/.exec(text ?? '')?.[0]);

/** The entities of a scorecard that the page shows. */
const entitiesOf = (page: Page, title: string) =>
  page
    .getByRole('table', { name: `Entities of ${title}`, exact: true })
    .getByRole('rowheader');

test.describe('the pages of scorecards', () => {
  test('every number opens the entities behind it, down to the tab of one', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    await page
      .getByRole('link', { name: 'Scorecards', exact: true })
      .first()
      .click();
    const card = page.getByRole('region', { name: 'Production readiness' });
    const gold = card.getByRole('link', { name: /entit.*: Gold$/ });
    // A portal that has just been started is still evaluating; this page asks again by itself, but not at once.
    await expect(async () => {
      await page.reload();
      await expect(gold).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 60_000 });
    const golden = countIn(await gold.textContent());
    expect(golden).toBeGreaterThan(0);
    await gold.click();
    await expect(page).toHaveURL(/view=entities&level=gold$/);
    await expect(entitiesOf(page, 'Production readiness')).toHaveCount(golden);

    await page
      .getByRole('navigation', { name: 'Ways to look at it' })
      .getByRole('link', { name: 'Heat map' })
      .click();
    const map = page.getByRole('table', { name: /^Share of passing/ });
    const treasury = map.getByRole('row', { name: /^Treasury/ });
    await treasury
      .getByRole('link', { name: /^It has tests: 0% pass/ })
      .click();
    await expect(page).toHaveURL(/owner=group%3Adefault%2Ftreasury/);
    const rows = entitiesOf(page, 'Production readiness');
    await expect(rows).toHaveCount(2);

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(
      /^production-readiness-\d{4}-\d\d-\d\d-filtered\.csv$/,
    );
    const file = await readFile(await download.path(), 'utf8');
    const [head, ...lines] = file.trimEnd().split('\r\n');
    expect(head).toContain('check:tests');
    expect(lines).toHaveLength(2);

    await rows.getByRole('link', { name: 'FX rates' }).click();
    await expect(page).toHaveURL(
      /\/catalog\/default\/component\/fx-rates\/scorecards\?scorecard=production-readiness&check=tests$/,
    );
  });

  test('keys alone fold the tree of owners, open a cell and sort', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    await page.goto('/scorecards/production-readiness');
    const fold = page
      .getByRole('button', {
        name: /^Rows below .*treasury|^Rows below .*acme/i,
      })
      .first();
    await fold.focus();
    const count = () =>
      page
        .getByRole('table', { name: /^Share of passing/ })
        .getByRole('rowheader')
        .count();
    const open = await count();
    await page.keyboard.press('Enter');
    await expect(fold).toHaveAttribute('aria-expanded', 'false');
    expect(await count()).toBeLessThan(open);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const list = page.getByRole('region', { name: 'Entities', exact: true });
    await expect(list).toBeFocused();
    const points = page.getByRole('columnheader', { name: 'Points' });
    await points.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await expect(points).toHaveAttribute('aria-sort', 'ascending');
    const first = () =>
      page
        .getByRole('table', {
          name: 'Entities of Production readiness',
          exact: true,
        })
        .getByRole('row')
        .nth(1)
        .getByText(/^\d+%$/)
        .first()
        .textContent();
    await expect.poll(async () => countIn(await first())).toBeLessThan(50);
    await page.keyboard.press('Enter');
    await expect(points).toHaveAttribute('aria-sort', 'descending');
    await expect.poll(first).toBe('100%');
  });

  test('a day before there was a scorecard says so, and leads back to today', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    await page.goto(
      '/scorecards/production-readiness?asOf=2020-01-01T12:00:00Z',
    );
    await expect(page.getByText(/As it was on .*2020/)).toBeVisible();
    await expect(
      page
        .getByText(/No scorecard "production-readiness" was in force/)
        .first(),
    ).toBeVisible();
    await page.getByRole('button', { name: 'Back to today' }).click();
    await expect(
      page.getByRole('table', { name: /^Share of passing/ }),
    ).toBeVisible();
    await expect(page).toHaveURL(/production-readiness$/);
  });
});
