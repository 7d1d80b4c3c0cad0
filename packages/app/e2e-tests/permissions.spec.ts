import type { Page } from '@playwright/test';
import { expect, PortalApi, signInAs, test } from './support/portal';

const TEMPLATE = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'tried' },
  spec: {
    owner: 'group:default/platform',
    type: 'service',
    parameters: [],
    steps: [
      { id: 'say', name: 'Say', action: 'debug:log', input: { message: 'x' } },
    ],
  },
};
const DRY_RUN = { template: TEMPLATE, values: {}, directoryContents: [] };

const UNREGISTER = /unregister/i;

async function openEntityMenu(page: Page) {
  await page.getByRole('button', { name: 'more', exact: false }).last().click();
  await expect(page.getByRole('menuitem').first()).toBeVisible();
}

test.describe('permissions', () => {
  test('a developer cannot unregister, edit templates or dry-run them', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    const api = await PortalApi.of(page);
    const entity = await api.json<{ metadata: { uid: string } }>(
      '/api/catalog/entities/by-name/component/default/checkout-api',
    );
    const remove = await api.call(
      'DELETE',
      `/api/catalog/entities/by-uid/${entity.metadata.uid}`,
    );
    expect(remove.status()).toBe(403);
    const dryRun = await api.call(
      'POST',
      '/api/scaffolder/v2/dry-run',
      DRY_RUN,
    );
    expect(dryRun.status()).toBe(403);

    await page.goto('/catalog/default/component/checkout-api');
    await openEntityMenu(page);
    await expect(page.getByRole('menuitem', { name: UNREGISTER })).toHaveCount(
      0,
    );
    await page.goto('/create');
    await expect(page.getByRole('tab', { name: 'Templates' })).toBeVisible();
    await expect(page.getByRole('tab', { name: /editor/i })).toHaveCount(0);
    await page.goto('/create/edit');
    await expect(
      page.getByText(/Only they may edit templates.*Ask the platform team/),
    ).toBeVisible();
    await expect(
      page.getByText(/Load template|Template Form|Custom Field/i),
    ).toHaveCount(0);
  });

  test('a platform engineer can', async ({ page }) => {
    await signInAs(page, 'platform-engineer');
    const api = await PortalApi.of(page);
    const dryRun = await api.call(
      'POST',
      '/api/scaffolder/v2/dry-run',
      DRY_RUN,
    );
    expect(dryRun.status(), await dryRun.text()).toBe(200);
    await page.goto('/create/edit');
    await expect(
      page.getByText(/Load template|Template Form|Custom Field/i).first(),
    ).toBeVisible();
    await page.goto('/catalog/default/component/checkout-api');
    await openEntityMenu(page);
    await expect(
      page.getByRole('menuitem', { name: UNREGISTER }),
    ).toBeVisible();
  });

  test('nobody is let in without a session', async ({ request }) => {
    for (const path of [
      '/api/catalog/entities',
      '/api/scaffolder/v2/tasks',
      '/api/operate/entities/component/default/checkout-api',
      '/api/catalog/waymark/snapshots',
      '/api/notifications/notifications',
    ]) {
      expect((await request.get(path)).status(), path).toBe(401);
    }
  });
});
