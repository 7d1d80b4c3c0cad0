import type { Page } from '@playwright/test';
import { SCHEMES, wear } from './support/accessible';
import { seriousFaults } from './support/axe';
import { forgeToken, expect, portal, signInAs, test } from './support/portal';
import { settled } from './support/settled';

const REPOSITORY = 'acme/portal';

async function expectNoFaults(page: Page) {
  for (const scheme of SCHEMES) {
    await wear(page, scheme);
    await settled(page);
    expect(await seriousFaults(page), scheme).toEqual([]);
  }
}

/** Asks the forge as a platform engineer's machine would. */
async function forge(page: Page, method: string, path: string, data?: object) {
  const answer = await page.request.fetch(
    `${portal.forgeUrl}/repos/${REPOSITORY}${path}`,
    {
      method,
      data,
      headers: { authorization: `Bearer ${await forgeToken()}` },
    },
  );
  expect(answer.ok(), await answer.text()).toBe(true);
  return answer.json();
}

const editorOf = (page: Page) =>
  page.getByRole('textbox', { name: 'Definition of the scorecard, YAML' });

/** Writes in the place of a line of the definition, as far down as it may be. */
async function rewrite(page: Page, old: RegExp, line: string) {
  const place = page.locator('.cm-line').filter({ hasText: old }).first();
  const scroller = page.locator('.cm-scroller');
  await expect(async () => {
    if (await place.isVisible()) return;
    await scroller.evaluate(node => node.scrollBy(0, node.clientHeight / 2));
    expect(await place.isVisible()).toBe(true);
  }).toPass({ timeout: 20_000, intervals: [200] });
  await place.click();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+Home');
  await page.keyboard.insertText(line);
  // What is offered meanwhile lies over what is looked at next.
  await page.keyboard.press('Escape');
}

test.setTimeout(240_000);

test.describe('the rule lab', () => {
  test('moves the numbers while a threshold is written, proves one, and opens a pull request', async ({
    page,
  }) => {
    await signInAs(page, 'platform-engineer');
    await page.goto('/scorecards/production-readiness');
    await page.getByRole('link', { name: 'Open in the rule lab' }).click();
    await expect(editorOf(page)).toBeVisible();
    await expect(page.getByText('No entity changes.')).toBeVisible();
    await expectNoFaults(page);

    await rewrite(
      page,
      /rule: facts\.git\.testFiles > 0/,
      'rule: facts.git.testFile > 500',
    );
    await expect(
      page.getByRole('button', { name: /did you mean git\.testFiles\?/ }),
    ).toBeVisible();
    await expect(
      page.getByRole('button', { name: 'Open a pull request' }),
    ).toBeDisabled();
    await expectNoFaults(page);

    await rewrite(page, /testFile > 500/, 'rule: facts.git.testFiles > 500');
    const headline = page
      .getByRole('status')
      .filter({ hasText: /entit(y|ies) changes?:/ });
    await expect(headline).toContainText(/leave/);
    const failing = page.getByRole('button', {
      name: /^It has tests, Fail: \d+, \d+ more than today/,
    });
    await failing.click();
    const list = page.getByRole('table', {
      name: 'Entities, today and as proposed',
    });
    await page.getByText('Only what changes', { exact: true }).click();
    await expect(
      list.getByRole('listitem').filter({ hasText: 'It has tests' }).first(),
    ).toContainText(/Pass.*Fail/);
    await expectNoFaults(page);

    await list.getByRole('rowheader').first().getByRole('button').click();
    const proof = page.getByRole('dialog');
    const why = proof.getByRole('list', { name: 'Why it says so' }).first();
    await expect(why).toContainText('facts.git.testFiles > 500');
    await expect(why).toContainText('false');
    await expectNoFaults(page);
    await page.keyboard.press('Escape');
    await expect(proof).toBeHidden();

    // What was written survives a reload, and the keyboard leaves the editor.
    page.once('dialog', dialog => dialog.accept());
    await page.reload();
    await expect(headline).toContainText(/leave/);
    await editorOf(page).focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await expect(editorOf(page)).not.toBeFocused();

    await page.getByRole('button', { name: 'Open a pull request' }).click();
    const dialog = page.getByRole('dialog', { name: 'Open a pull request' });
    const title = `Ask for more tests ${test.info().testId}-${Date.now()}`;
    await dialog.getByRole('textbox', { name: /^Title/ }).fill(title);
    await expect(
      dialog.getByRole('textbox', { name: /^Description/ }),
    ).toHaveValue(/entit(y|ies) changes?\*\*: \d+ leave/);
    await expectNoFaults(page);
    await dialog.getByRole('button', { name: 'Open', exact: true }).click();
    const link = dialog.getByRole('link', { name: /See it in the forge/ });
    await expect(link).toBeVisible({ timeout: 60_000 });
    const address = (await link.getAttribute('href')) ?? '';
    const number = /\/pull\/(\d+)$/.exec(address)?.[1];
    try {
      const pull = await forge(page, 'GET', `/pulls/${number}`);
      expect(pull).toMatchObject({ title, state: 'open' });
      const files = await forge(page, 'GET', `/pulls/${number}/files`);
      expect(files).toMatchObject([
        { filename: 'catalog/scorecards/production-readiness.yaml' },
      ]);
      expect(files[0].patch).toContain(
        '+      rule: facts.git.testFiles > 500',
      );
    } finally {
      await forge(page, 'PATCH', `/pulls/${number}`, { state: 'closed' });
    }
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await page
      .getByRole('button', { name: "Start again from today's" })
      .click();
    await expect(page.getByText('No entity changes.')).toBeVisible();
  });

  test('is for those who may: others have no way there, and are told whom to ask', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    await page.goto('/scorecards/production-readiness');
    await expect(
      page.getByRole('heading', { name: 'Production readiness' }),
    ).toBeVisible();
    await settled(page);
    await expect(page.getByRole('link', { name: /rule lab/i })).toHaveCount(0);
    await page.goto('/scorecards/lab');
    await expect(
      page.getByText('You may not try out scorecards'),
    ).toBeVisible();
    await expect(
      page.getByText(/Ask the owner of the scorecard/),
    ).toBeVisible();
    await expectNoFaults(page);
  });
});
