import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import request from 'supertest';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import {
  eventually,
  startCatalog,
  TestBackend,
} from './__testUtils__/startCatalog';
import {
  fileUrl,
  locationName,
  organisationEntity,
  treeUrl,
} from './__testUtils__/TestForge';

jest.setTimeout(120_000);

const databases = testDatabases();
const asService = { credentials: mockCredentials.service() };

const component = (name: string, more = '') => `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
  description: first
  ${more}
spec: { type: service, lifecycle: production, owner: group:default/checkout }
`;
const group = (name: string) => `
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: ${name} }
spec: { type: unit, children: [checkout] }
`;
const scorecard = (level: string) => `
apiVersion: waymark.dev/v1
kind: Scorecard
metadata: { name: readiness }
spec:
  owner: group:default/checkout
  appliesTo: { kind: Component }
  levels: [{ id: bronze, title: Bronze }]
  checks:
    - { id: a, title: A, ${level}, rule: "true", because: b }
`;

describe.each(databases.eachSupportedId())('the catalog on %s', id => {
  let backend: TestBackend;

  const entity = (ref: string) =>
    backend.catalog.getEntityByRef(ref, asService);
  const shown = (
    ref: string,
    matches: (found: Entity) => boolean = () => true,
  ) =>
    eventually(async () => {
      const found = await entity(ref);
      return found && matches(found) ? found : undefined;
    });
  const errorsOf = (found: Entity): string =>
    JSON.stringify((found as { status?: unknown }).status ?? '');
  const failing = (ref: string) =>
    shown(ref, found => errorsOf(found).includes('error')).then(errorsOf);
  const snapshot = (ref: string, asOf?: Date) =>
    backend.snapshots.get({ entityRef: ref, asOf }, asService);

  beforeAll(async () => {
    backend = await startCatalog({ knex: await databases.init(id) });
    await backend.forge.setOrganisation([
      organisationEntity('Group', 'checkout'),
      organisationEntity('User', 'mina', { memberOf: ['checkout'] }),
    ]);
  });

  afterAll(async () => {
    await backend.stop();
  });

  it('takes people and groups from organisation data', async () => {
    expect((await shown('user:default/mina')).relations).toContainEqual({
      type: 'memberOf',
      targetRef: 'group:default/checkout',
    });
  });

  it('refuses what a service repository may not define, and keeps its last good entities', async () => {
    const url = fileUrl('shop');
    await backend.forge.push({ [url]: component('shop') });
    await shown('component:default/shop');

    for (const [kind, document] of [
      ['Group', group('takeover')],
      ['Scorecard', scorecard('level: bronze')],
      [
        'Location',
        'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: more }\nspec: { target: ./more.yaml }',
      ],
    ]) {
      const changed = component('shop').replace('first', `with ${kind}`);
      await backend.forge.push({ [url]: `${changed}\n---\n${document}` });

      const location = await shown(
        `location:default/${locationName(url)}`,
        found => errorsOf(found).includes(`defines the ${kind}`),
      );
      expect(errorsOf(location)).toContain(
        'main/catalog-info.yaml of acme/shop',
      );
      expect(errorsOf(location)).toContain('acme/portal (branch main) only');
      const { items } = await backend.catalog.getEntityAncestors(
        { entityRef: 'component:default/shop' },
        asService,
      );
      expect(items.map(item => errorsOf(item.entity)).join()).toContain(
        `defines the ${kind}`,
      );
    }
    expect(await entity('group:default/takeover')).toBeUndefined();
    expect(await entity('scorecard:default/readiness')).toBeUndefined();
    expect((await entity('component:default/shop'))?.metadata.description).toBe(
      'first',
    );

    await backend.forge.push({
      [url]: component('shop').replace('first', 'ok'),
    });
    await shown(
      'component:default/shop',
      ({ metadata }) => metadata.description === 'ok',
    );
  });

  it('admits the same from the trusted repository, from its main branch only', async () => {
    const branch = fileUrl('portal', 'x.yaml').replace('/main/', '/evil/');
    await backend.forge.push({
      [fileUrl('portal', 'catalog/org/units.yaml')]: group('payments'),
      [fileUrl('portal', 'catalog/scorecards/readiness.yaml')]:
        scorecard('level: bronze'),
      [branch]: group('from-a-branch'),
    });

    await shown('group:default/payments');
    const readiness = await shown('scorecard:default/readiness');
    expect(readiness.relations).toContainEqual({
      type: 'ownedBy',
      targetRef: 'group:default/checkout',
    });
    // Never good, that location has no page; its problem is listed all the same.
    const listed = await eventually(async () => {
      const { body } = await request(backend.server)
        .get('/api/catalog/waymark/problems')
        .set('authorization', mockCredentials.service.header());
      return body.items.find(
        (item: { location: string }) => item.location === `url:${branch}`,
      );
    });
    expect(listed).toMatchObject({
      lastGood: false,
      errors: [
        {
          message: expect.stringContaining(
            'evil/x.yaml of acme/portal defines the Group',
          ),
        },
      ],
    });
    expect(await entity('group:default/from-a-branch')).toBeUndefined();
  });

  it('keeps the last good definition and says what is wrong with the new one', async () => {
    const url = fileUrl('portal', 'catalog/scorecards/readiness.yaml');
    await backend.forge.push({ [url]: scorecard('lvl: bronze') });

    const errors = await failing('scorecard:default/readiness');
    expect(errors).toContain(treeUrl(url));
    expect(errors).toContain(
      'spec.checks[0].lvl: unknown key, did you mean \\"level\\"?',
    );
    expect(
      JSON.stringify((await entity('scorecard:default/readiness'))?.spec),
    ).toContain('"level":"bronze"');
  });

  it('names file and line of broken YAML and keeps the entity', async () => {
    const url = fileUrl('ledger');
    await backend.forge.push({ [url]: component('ledger') });
    await shown('component:default/ledger');
    // Databases keep whole seconds at the least.
    const pushedAt = 1000 * Math.floor(Date.now() / 1000);
    await backend.forge.push({
      [url]: component('ledger').replace('name: ledger', 'name: [ledger'),
    });

    const errors = await failing(`location:default/${locationName(url)}`);
    expect(errors).toContain(treeUrl(url));
    expect(errors).toMatch(/line \d+, column \d+/);
    expect((await entity('component:default/ledger'))?.metadata.name).toBe(
      'ledger',
    );

    const credentials = mockCredentials.service();
    const items = await backend.problems.list({ credentials });
    expect(items).toContainEqual({
      entityRef: `location:default/${locationName(url)}`,
      location: `url:${url}`,
      lastGood: true,
      errors: [
        expect.objectContaining({ message: expect.stringMatching(/line \d+/) }),
      ],
      since: expect.any(String),
      affected: [
        {
          entityRef: 'component:default/ledger',
          owner: 'group:default/checkout',
        },
      ],
    });
    const { since } = items.find(({ location }) => location === `url:${url}`)!;
    expect(Date.parse(since)).toBeGreaterThanOrEqual(pushedAt);
    expect(Date.parse(since)).toBeLessThan(pushedAt + 60_000);
  });

  it('ties an entity to its own repository and flags a borrowed one', async () => {
    await backend.forge.push({
      [fileUrl('honest')]: component('honest'),
      [fileUrl('borrower')]: component(
        'borrower',
        'annotations: { github.com/project-slug: acme/honest, waymark.dev/project-slug-mismatch: never mind }',
      ),
    });

    const honest = await shown('component:default/honest');
    expect(honest.metadata.annotations).toMatchObject({
      'github.com/project-slug': 'acme/honest',
    });
    const borrower = await shown('component:default/borrower');
    expect(borrower.metadata.annotations).toMatchObject({
      'github.com/project-slug': 'acme/honest',
      'waymark.dev/project-slug-mismatch':
        'github.com/project-slug says acme/honest, but this description comes from acme/borrower',
    });
  });

  it('follows a push in the snapshots within seconds and remembers what was before', async () => {
    const url = fileUrl('orders');
    await backend.forge.push({ [url]: component('orders') });
    const first = await eventually(() => snapshot('component:default/orders'));
    expect(first).toMatchObject({
      owner: 'group:default/checkout',
      ownerPath: ['group:default/checkout', 'group:default/payments'],
      source: { host: 'forge.example', owner: 'acme', repository: 'orders' },
    });

    await backend.forge.push({
      [url]: component('orders').replace('first', 'second'),
    });
    const second = await eventually(async () => {
      const found = await snapshot('component:default/orders');
      return found?.entity.metadata.description === 'second'
        ? found
        : undefined;
    }, 10_000);
    const before = await snapshot(
      'component:default/orders',
      new Date(new Date(second.validFrom).getTime() - 1),
    );
    expect(before?.entity.metadata.description).toBe('first');
    expect(before?.validTo).toBe(second.validFrom);

    const { items } = await backend.snapshots.changes({ after: 0 }, asService);
    expect(items.map(({ sequence }) => sequence)).toEqual(
      items.map((_, index) => index + 1),
    );
  });

  it('moves the owner path of everything below when the group tree changes', async () => {
    await backend.forge.push({
      [fileUrl('portal', 'catalog/org/company.yaml')]: group('acme').replace(
        'checkout',
        'payments',
      ),
    });
    await eventually(async () => {
      const found = await snapshot('component:default/orders');
      return found?.ownerPath.includes('group:default/acme') || undefined;
    }, 30_000);
    expect((await snapshot('component:default/orders'))?.ownerPath).toEqual([
      'group:default/checkout',
      'group:default/payments',
      'group:default/acme',
    ]);
  });

  it('finds deleted and renamed entities by reconciling, and writes nothing otherwise', async () => {
    await backend.reconcile();
    const { next } = await backend.snapshots.changes({ after: 0 }, asService);
    await backend.reconcile();
    expect(
      (await backend.snapshots.changes({ after: next }, asService)).items,
    ).toEqual([]);

    await backend.forge.push({ [fileUrl('honest')]: component('sincere') });
    await shown('component:default/sincere');
    await backend.forge.push({ [fileUrl('borrower')]: undefined });
    await eventually(async () =>
      (await entity('component:default/borrower')) ? undefined : true,
    );
    await backend.reconcile();

    expect(await snapshot('component:default/borrower')).toBeUndefined();
    expect(await snapshot('component:default/sincere')).toMatchObject({
      source: { repository: 'honest' },
    });
    const { items } = await backend.snapshots.changes(
      { after: next },
      asService,
    );
    expect(items).toContainEqual(
      expect.objectContaining({
        type: 'deleted',
        ref: 'component:default/borrower',
      }),
    );
  });
});
