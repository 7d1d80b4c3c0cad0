import { mockCredentials } from '@backstage/backend-test-utils';
import { entitySnapshotSchema } from '@waymark/waymark-common';
import request from 'supertest';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import {
  eventually,
  ReadPolicy,
  startCatalog,
  TestBackend,
} from '../__testUtils__/startCatalog';
import { fileUrl, organisationEntity } from '../__testUtils__/TestForge';

jest.setTimeout(120_000);

const databases = testDatabases();
const rule = (name: string, params: Record<string, string | string[]>) => ({
  rule: name,
  resourceType: 'catalog-entity',
  params,
});
const ownedBy = (...claims: string[]) => rule('IS_ENTITY_OWNER', { claims });

// One reader for each rule that the catalog knows, and for the ways to combine them.
const POLICY: ReadPolicy = {
  'user:default/everything': 'ALLOW',
  'user:default/owner': ownedBy('group:default/checkout'),
  'user:default/kind': rule('IS_ENTITY_KIND', { kinds: ['component'] }),
  'user:default/annotation': rule('HAS_ANNOTATION', {
    annotation: 'waymark.dev/slack-channel',
  }),
  'user:default/label': rule('HAS_LABEL', { label: 'tier', value: 'one' }),
  'user:default/metadata': rule('HAS_METADATA', { key: 'tags', value: 'pci' }),
  'user:default/spec': rule('HAS_SPEC', { key: 'type', value: 'website' }),
  'user:default/not': { not: ownedBy('group:default/checkout') },
  'user:default/not-long-text': {
    not: rule('HAS_SPEC', { key: 'definition' }),
  },
  'user:default/any': {
    anyOf: [
      ownedBy('group:default/ledger'),
      rule('HAS_LABEL', { label: 'tier' }),
    ],
  },
  'user:default/all': {
    allOf: [
      ownedBy('group:default/checkout'),
      rule('HAS_SPEC', { key: 'type', value: 'service' }),
    ],
  },
};

const document = (
  name: string,
  { kind = 'Component', owner = 'checkout', type = 'service', metadata = '' },
) => `
apiVersion: backstage.io/v1alpha1
kind: ${kind}
metadata: { name: ${name}, ${metadata} }
spec:
  type: ${type}
  lifecycle: production
  owner: group:default/${owner}
  ${kind === 'API' ? `definition: ${'x'.repeat(3000)}` : ''}
`;

const FILES = {
  [fileUrl('a')]: document('a', { metadata: 'tags: [pci]' }),
  [fileUrl('b')]: document('b', { owner: 'ledger', type: 'website' }),
  [fileUrl('c')]: document('c', {
    metadata: 'annotations: { waymark.dev/slack-channel: "#c" }',
  }),
  [fileUrl('d')]: document('d', {
    owner: 'ledger',
    metadata: 'labels: { tier: one }',
  }),
  [fileUrl('e')]: document('e', { kind: 'API', type: 'openapi' }),
  [fileUrl('f')]: document('f', { type: 'website' }),
};

describe.each(databases.eachSupportedId())('/waymark on %s', id => {
  let backend: TestBackend;

  const get = (path: string, header: string | undefined) => {
    const call = request(backend.server).get(`/api/catalog${path}`);
    return header ? call.set('authorization', header) : call;
  };
  const asUser = (name: string) =>
    mockCredentials.user.header(`user:default/${name}`);
  const service = mockCredentials.service.header();

  beforeAll(async () => {
    backend = await startCatalog({
      knex: await databases.init(id),
      policy: POLICY,
    });
    await backend.forge.setOrganisation([
      organisationEntity('Group', 'checkout'),
      organisationEntity('Group', 'ledger'),
    ]);
    await backend.forge.push(FILES);
    await eventually(async () => {
      const { body } = await get('/entities', service);
      const known = body.filter(({ kind }: { kind: string }) =>
        ['API', 'Component', 'Group'].includes(kind),
      );
      return known.length === 8 ? true : undefined;
    });
    await backend.reconcile();
  });

  afterAll(async () => {
    await backend.stop();
  });

  it.each([...Object.keys(POLICY), 'user:default/nobody'])(
    'shows %s the same entities as the catalog does',
    async userRef => {
      const header = mockCredentials.user.header(userRef);
      const catalog = await get('/entities', header).expect(200);
      const refs = catalog.body
        .map(
          ({ kind, metadata }: { kind: string; metadata: { name: string } }) =>
            `${kind}:default/${metadata.name}`.toLowerCase(),
        )
        .sort();

      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const { body } = await get(
          `/waymark/snapshots?limit=3${cursor ? `&cursor=${cursor}` : ''}`,
          header,
        ).expect(200);
        seen.push(...body.items.map(({ ref }: { ref: string }) => ref));
        cursor = body.cursor;
      } while (cursor);
      expect(seen).toEqual(refs);

      const queried = await request(backend.server)
        .post('/api/catalog/waymark/snapshots/query')
        .set('authorization', header)
        .send({ entityRefs: ['component:default/a', 'component:default/b'] })
        .expect(200);
      expect(
        queried.body.items.map(({ ref }: { ref: string }) => ref).sort(),
      ).toEqual(refs.filter((ref: string) => /^component:.*[ab]$/.test(ref)));
    },
  );

  it('gives one snapshot, and hides one that the reader may not see', async () => {
    const path = '/waymark/snapshots/component/default/b';
    const { body } = await get(path, asUser('everything')).expect(200);
    expect(entitySnapshotSchema.parse(body).owner).toBe('group:default/ledger');

    await get(path, asUser('owner')).expect(404);
    await get(`${path}?asOf=2020-01-01T00:00:00Z`, service).expect(404);
  });

  it('filters by kind, type and owner', async () => {
    const refs = async (query: string) => {
      const { body } = await get(`/waymark/snapshots?${query}`, service);
      return body.items.map(({ ref }: { ref: string }) => ref);
    };
    expect(await refs('kind=API')).toEqual(['api:default/e']);
    expect(await refs('type=website&owner=checkout')).toEqual([
      'component:default/f',
    ]);
  });

  it.each([
    ['/waymark/snapshots?limit=501', /limit: /],
    ['/waymark/snapshots?limt=5', /limt/],
    ['/waymark/snapshots?cursor=x', /cursor: is not a cursor/],
    ['/waymark/snapshots?asOf=yesterday', /asOf: must be an instant/],
    [
      '/waymark/snapshots?asOf=2999-01-01T00:00:00Z',
      /must not be in the future/,
    ],
    ['/waymark/snapshots?owner=group:', /owner: "group:" is not an entity ref/],
    ['/waymark/snapshots/changes?after=-1', /after: /],
    ['/waymark/problems?limit=0', /limit: /],
  ])('refuses %s and names the field', async (path, message) => {
    const { body } = await get(path, service).expect(400);
    expect(body.error.message).toMatch(message);
  });

  it.each([
    ['/waymark/snapshots', 200, 401],
    ['/waymark/snapshots/component/default/a', 404, 401],
    ['/waymark/problems', 200, 401],
    ['/waymark/snapshots/changes', 403, 401],
    ['/waymark/schemas/Scorecard.json', 200, 200],
  ])(
    'answers %s with %s to a user who may nothing, %s to nobody',
    async (path, user, nobody) => {
      const answers = await Promise.all([
        get(path, asUser('nobody')),
        get(path, mockCredentials.none.header()),
      ]);
      expect(answers.map(({ status }) => status)).toEqual([user, nobody]);
    },
  );

  it('shows a problem to those who may read what it is about', async () => {
    const url = fileUrl('b');
    await backend.forge.push({ [url]: `${FILES[url]}\n  broken: [` });
    const problemsOf = async (name: string) => {
      const { body } = await get('/waymark/problems', asUser(name)).expect(200);
      return body.items.map(({ location }: { location: string }) => location);
    };
    await eventually(async () =>
      (await problemsOf('everything')).length > 0 ? true : undefined,
    );
    expect(await problemsOf('everything')).toEqual([`url:${url}`]);
    expect(await problemsOf('any')).toEqual([`url:${url}`]);
    expect(await problemsOf('owner')).toEqual([]);
    expect(await problemsOf('nobody')).toEqual([]);
  });

  it('names the nearest schema when there is none of that name', async () => {
    const { body } = await get(
      '/waymark/schemas/Scorcard.json',
      undefined,
    ).expect(404);
    expect(body.error.message).toContain('did you mean "Scorecard.json"?');
  });
});
