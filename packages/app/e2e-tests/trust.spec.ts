import { Clone } from './support/git';
import { expect, PortalApi, signInAs, test } from './support/portal';

const DOCUMENTS = {
  Group: `apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: self-made }
spec: { type: team, children: [] }`,
  Template: `apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: self-made }
spec: { owner: group:default/platform, type: service, steps: [] }`,
  Scorecard: `apiVersion: waymark.dev/v1
kind: Scorecard
metadata: { name: self-made, title: Self-made }
spec:
  owner: group:default/platform
  appliesTo: { kind: Component }
  levels: [{ id: bronze, title: Bronze }]
  checks:
    - id: has-owner
      title: Has an owner
      level: bronze
      weight: 1
      rule: entity.spec.owner != ''
      because: Somebody must answer.
      fix: { effort: PT5M }`,
};

test.describe('trust', () => {
  for (const [kind, document] of Object.entries(DOCUMENTS)) {
    test(`${kind} in a service's repository is refused with the reason; in acme/portal it is accepted`, async ({
      page,
    }) => {
      await signInAs(page, 'platform-engineer');
      const api = await PortalApi.of(page);
      const status = async () =>
        (
          await api.call(
            'GET',
            `/api/catalog/entities/by-name/${kind.toLowerCase()}/default/self-made`,
          )
        ).status();

      const service = await Clone.of('acme/fx-rates');
      const good = await service.read('catalog-info.yaml');
      try {
        await service.write('catalog-info.yaml', `${good}\n---\n${document}\n`);
        await service.push(`Define a ${kind} of our own`);
        await expect(async () => {
          await page.goto('/catalog/default/component/fx-rates');
          await expect(
            page.getByText(new RegExp(`${kind}.*acme/portal`)).first(),
          ).toBeVisible({ timeout: 3_000 });
        }).toPass({ timeout: 30_000 });
        expect(await status()).toBe(404);
      } finally {
        await service.write('catalog-info.yaml', good);
        await service.push('Leave that to the platform team');
        await service.remove();
      }

      const portal = await Clone.of('acme/portal');
      const file =
        kind === 'Template'
          ? 'templates/self-made/template.yaml'
          : `catalog/org/self-made-${kind.toLowerCase()}.yaml`;
      try {
        await portal.makeFolderOf(file);
        await portal.write(file, `${document}\n`);
        await portal.push(`Define a ${kind}`);
        await expect.poll(status, { timeout: 30_000 }).toBe(200);
      } finally {
        await portal.git('rm', '--quiet', file);
        await portal.push(`Take the ${kind} out again`);
        await portal.remove();
      }
      await expect.poll(status, { timeout: 30_000 }).toBe(404);
    });
  }
});
