import type { Locator, Page } from '@playwright/test';
import { expectOnlyKnownFaults } from './support/accessible';
import { expect, PortalApi, signInAs, test } from './support/portal';

const ENTITY = 'dispute-worker';
const CHECK = 'It has a runbook';
const MOST_STOPS = 120;

/** Walks on by the key until an element has the focus, as somebody without a mouse does. */
async function walkTo(page: Page, element: Locator) {
  for (let stop = 0; stop < MOST_STOPS; stop += 1) {
    if (await element.evaluate(node => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${element} cannot be reached by the keyboard`);
}

/** Whatever an earlier run has asked for. */
async function withdrawOpen(api: PortalApi) {
  const { items } = await api.json<{
    items: { id: string; check: string; may: { withdraw: boolean } }[];
  }>(
    `/api/scorecards/exemptions?entity=component:default/${ENTITY}&state=requested`,
  );
  for (const { id, may } of items) {
    if (may.withdraw) {
      await api.call('POST', `/api/scorecards/exemptions/${id}/withdraw`, {});
    }
  }
}

test.setTimeout(240_000);

test('a failing check is found, its proof read and an exemption requested with the keyboard only', async ({
  page,
}) => {
  await signInAs(page, 'lead-payments');
  const api = await PortalApi.of(page);
  await withdrawOpen(api);
  await page.goto(`/catalog/default/component/${ENTITY}`);
  const tab = page
    .getByRole('navigation', { name: 'Content navigation' })
    .getByRole('link', {
      name: 'Scorecards',
      exact: true,
    });
  await tab.waitFor();
  await walkTo(page, tab);
  await page.keyboard.press('Enter');

  const scorecard = page.getByRole('link', {
    name: 'Production readiness',
    exact: true,
  });
  await scorecard.waitFor();
  await walkTo(page, scorecard);
  await page.keyboard.press('Enter');
  const card = page.getByRole('region', { name: 'Production readiness' });
  await card.waitFor();
  await expectOnlyKnownFaults(page, 'entity, scorecards');

  await walkTo(page, card.getByRole('link', { name: CHECK }).last());
  await page.keyboard.press('Enter');
  const proof = page.getByRole('dialog', { name: CHECK });
  await expect(
    proof.getByRole('list', { name: 'Why it says so' }),
  ).toContainText('facts.catalog.runbook');
  await expectOnlyKnownFaults(page, 'entity, proof');

  const ask = proof.getByRole('button', { name: 'Request an exemption' });
  await walkTo(page, ask);
  await page.keyboard.press('Enter');
  const request = page.getByRole('dialog', {
    name: `Request an exemption: ${CHECK}`,
  });
  await request.waitFor();
  await expectOnlyKnownFaults(page, 'exemption request');
  const write = async (name: RegExp, text: string) => {
    await walkTo(page, request.getByRole('textbox', { name }));
    await page.keyboard.type(text);
  };
  await write(/^Reason/, 'It moves to another region first.');
  await write(/^What lowers the risk/, 'Who built it can be called.');
  const send = request.getByRole('button', { name: 'Request', exact: true });
  await walkTo(page, send);
  await page.keyboard.press('Enter');
  // The plan and the last day.
  await expect(request.getByText('Has to be filled in')).toHaveCount(2);
  await write(/^Plan/, 'Write it after the move.');
  await walkTo(
    page,
    request
      .getByRole('group', { name: /^Last day/ })
      .getByRole('spinbutton')
      .first(),
  );
  const lastDay = new Date(Date.now() + 30 * 24 * 60 * 60 * 1_000);
  const twoDigits = (part: number) => String(part).padStart(2, '0');
  await page.keyboard.type(
    `${twoDigits(lastDay.getMonth() + 1)}${twoDigits(
      lastDay.getDate(),
    )}${lastDay.getFullYear()}`,
  );
  await walkTo(page, send);
  await page.keyboard.press('Enter');
  await expect(proof.getByText('Requested. It waits')).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(proof).toBeHidden();
  const exemptions = page.getByRole('region', { name: 'Exemptions' });
  await expect(
    exemptions.getByRole('article', { name: new RegExp(CHECK) }).first(),
  ).toContainText('Requested');
  await expectOnlyKnownFaults(page, 'exemption requested');
  await withdrawOpen(api);
});
