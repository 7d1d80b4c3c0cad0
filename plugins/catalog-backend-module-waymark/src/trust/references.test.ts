import { mockCredentials } from '@backstage/backend-test-utils';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import {
  eventually,
  startCatalog,
  TestBackend,
} from '../__testUtils__/startCatalog';
import { fileUrl } from '../__testUtils__/TestForge';

jest.setTimeout(120_000);

const databases = testDatabases();
const asService = { credentials: mockCredentials.service() };

const document = (kind: string, annotation: string, definition: string) => `
apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata:
  name: orders
  annotations: { ${annotation} }
spec:
  type: openapi
  lifecycle: production
  owner: group:default/checkout
  definition: ${definition}
`;

describe.each(databases.eachSupportedId())('the catalog on %s', id => {
  let backend: TestBackend;

  beforeAll(async () => {
    backend = await startCatalog({ knex: await databases.init(id) });
  });

  afterAll(async () => {
    await backend.stop();
  });

  it.each([
    [
      'documentation',
      document(
        'API',
        'backstage.io/techdocs-ref: "url:https://forge.example/acme/secret/tree/main"',
        'text',
      ),
    ],
    [
      'a definition',
      document(
        'API',
        'x: "y"',
        '{ $text: https://forge.example/acme/secret/blob/main/keys.yaml }',
      ),
    ],
  ])(
    'reads no %s of a repository that the authors may not see, and keeps the last good entity',
    async (_what, content) => {
      const url = fileUrl('orders');
      const entity = () =>
        backend.catalog.getEntityByRef('api:default/orders', asService);
      await backend.forge.push({ [url]: document('API', 'x: "y"', 'good') });
      await eventually(async () =>
        (await entity())?.spec?.definition === 'good' ? true : undefined,
      );

      await backend.forge.push({ [url]: content });
      const failing = await eventually(async () => {
        const found = await entity();
        const status = JSON.stringify(
          (found as { status?: unknown } | undefined)?.status ?? '',
        );
        return found && status.includes('error')
          ? { found, status }
          : undefined;
      });
      expect(failing.status).toContain('which is not in acme/orders');
      expect(failing.found.spec?.definition).toBe('good');
    },
  );
});
