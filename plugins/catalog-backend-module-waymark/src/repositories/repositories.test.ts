import { mockCredentials } from '@backstage/backend-test-utils';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import {
  eventually,
  startCatalog,
  TestBackend,
} from '../__testUtils__/startCatalog';
import { startForgeApi } from '../__testUtils__/startForgeApi';
import { fileUrl } from '../__testUtils__/TestForge';

jest.setTimeout(120_000);

const databases = testDatabases();
const asService = { credentials: mockCredentials.service() };

const component = (name: string) => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: ${name} }
spec: { type: service, lifecycle: production, owner: group:default/checkout }
`;
const repository = (id: number, name: string) => ({
  id,
  name,
  html_url: `https://forge.example/acme/${name}`,
  default_branch: 'main',
  owner: { login: 'acme' },
});

describe.each(databases.eachSupportedId())(
  'entities and their repositories on %s',
  id => {
    let api: Awaited<ReturnType<typeof startForgeApi>>;
    let backend: TestBackend;

    const webhook = (topic: string, eventPayload: object) =>
      backend.events.publish({ topic, eventPayload });
    const snapshot = async (name: string) =>
      backend.snapshots.get(
        { entityRef: `component:default/${name}` },
        asService,
      );
    const gone = (name: string) =>
      eventually(async () => ((await snapshot(name)) ? undefined : true));

    beforeAll(async () => {
      api = await startForgeApi();
      backend = await startCatalog({
        knex: await databases.init(id),
        apiBaseUrl: api.url,
      });
    });

    afterAll(async () => {
      await backend.stop();
      await api.stop();
    });

    it('stay themselves when a repository is renamed, and pass nothing on to one made anew', async () => {
      api.repositories.set('acme/shop', 7);
      await backend.forge.push({ [fileUrl('shop')]: component('shop') });
      const first = await eventually(() => snapshot('shop'));
      expect(first).toMatchObject({
        inherits: false,
        source: { repository: 'shop', repositoryId: '7' },
      });

      api.repositories.delete('acme/shop');
      api.repositories.set('acme/store', 7);
      await backend.forge.push({
        [fileUrl('shop')]: undefined,
        [fileUrl('store')]: component('shop'),
      });
      await webhook('github.repository', {
        action: 'renamed',
        repository: repository(7, 'store'),
        changes: { repository: { name: { from: 'shop' } } },
      });
      const renamed = await eventually(async () => {
        const found = await snapshot('shop');
        return found?.source?.repository === 'store' ? found : undefined;
      });
      expect(renamed).toMatchObject({
        inherits: true,
        source: { repositoryId: '7' },
      });

      api.repositories.delete('acme/store');
      await backend.forge.push({ [fileUrl('store')]: undefined });
      await webhook('github.repository', {
        action: 'deleted',
        repository: repository(7, 'store'),
      });
      await gone('shop');
      api.repositories.set('acme/store', 8);
      await backend.forge.push({ [fileUrl('store')]: component('shop') });
      const anew = await eventually(() => snapshot('shop'));
      expect(anew).toMatchObject({
        inherits: false,
        source: { repository: 'store', repositoryId: '8' },
      });
    });

    it('leave the snapshots soon after the push that removed them', async () => {
      await backend.forge.push({
        [fileUrl('ledger')]: component('ledger'),
        [fileUrl('orders')]: component('orders'),
      });
      await eventually(async () =>
        (await snapshot('ledger')) && (await snapshot('orders'))
          ? true
          : undefined,
      );
      await backend.forge.push({ [fileUrl('ledger')]: undefined });
      await webhook('github.push', {
        ref: 'refs/heads/main',
        repository: repository(9, 'ledger'),
        commits: [{ removed: ['catalog-info.yaml'] }],
      });
      await gone('ledger');
      expect(await snapshot('orders')).toBeDefined();
    });
  },
);
