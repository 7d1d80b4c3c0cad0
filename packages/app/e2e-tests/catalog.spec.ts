import { expect, portal, PortalApi, signInAs, test } from './support/portal';

interface Entity {
  kind: string;
  metadata: { name: string; annotations?: Record<string, string> };
  spec?: { type?: string };
}

test.describe('the catalog', () => {
  test('comes from Git: 30 components or more, none from a file', async ({
    page,
  }) => {
    await signInAs(page, 'dev-checkout');
    const api = await PortalApi.of(page);
    const entities = await api.json<Entity[]>('/api/catalog/entities');
    const of = (kind: string) => entities.filter(e => e.kind === kind);
    expect(of('Component').length).toBeGreaterThanOrEqual(30);
    expect(of('System').length).toBeGreaterThanOrEqual(8);
    expect(of('Domain').length).toBeGreaterThanOrEqual(3);
    expect(of('Group').length).toBeGreaterThanOrEqual(10);
    expect(of('User').length).toBeGreaterThanOrEqual(20);
    const types = new Set(of('Resource').map(e => e.spec?.type));
    for (const type of [
      'database',
      'kafka-topic',
      'data-pipeline',
      'ml-model',
      'cluster',
      'vendor-service',
    ]) {
      expect(types).toContain(type);
    }
    for (const entity of entities) {
      const location =
        entity.metadata.annotations?.[
          'backstage.io/managed-by-origin-location'
        ];
      expect(location, entity.metadata.name).toMatch(/^url:http/);
    }
  });

  test('lists components to browse', async ({ page }) => {
    await signInAs(page, 'dev-checkout');
    await page.goto('/catalog?filters[kind]=component&filters[user]=all');
    await expect(
      page.getByRole('link', { name: /checkout-api|Checkout API/ }).first(),
    ).toBeVisible();
  });

  test('a component answers an incident on one look', async ({ page }) => {
    await signInAs(page, 'dev-checkout');
    await page.goto('/catalog/default/component/checkout-api');
    await expect(
      page.getByRole('heading', { name: 'Operate' }),
    ).toBeInViewport();
    const onCall = page.getByRole('region', { name: 'On call now' });
    await expect(onCall.getByText(/until/).first()).toBeVisible();
    const runbook = page.getByRole('region', { name: 'Runbook' });
    await expect(runbook.getByRole('link')).toHaveAttribute(
      'href',
      new RegExp(`^${portal.forgeUrl}/acme/checkout-api/blob/`),
    );
    for (const section of [
      'Objectives',
      'Dashboards',
      'Slack',
      'Last changes',
    ]) {
      await expect(
        page.getByRole('region', { name: section }),
      ).toBeInViewport();
    }
  });

  test('an API shows its definition', async ({ page }) => {
    await signInAs(page, 'dev-checkout');
    const api = await PortalApi.of(page);
    const [first] = await api.json<Entity[]>(
      '/api/catalog/entities?filter=kind=api,spec.type=openapi',
    );
    await page.goto(`/catalog/default/api/${first.metadata.name}/definition`);
    await expect(page.getByText(/OAS ?3/).first()).toBeVisible();
  });
});
