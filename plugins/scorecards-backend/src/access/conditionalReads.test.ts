import {
  BackstageCredentials,
  BackstageUserPrincipal,
  coreServices,
  createBackendModule,
  createServiceFactory,
  SchedulerService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import catalogPlugin from '@backstage/plugin-catalog-backend';
import {
  AuthorizeResult,
  PermissionCondition,
  PermissionCriteria,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { JsonObject } from '@backstage/types';
import catalogModuleWaymark from '@waymark/catalog-backend-module-waymark';
import { ScorecardSummary } from '@waymark/scorecards-common';
import { eventually, testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import request from 'supertest';
import { aScorecard } from '../__testUtils__/definitions';
import {
  catalogConfig,
  databasesOf,
  PortalRepository,
} from '../__testUtils__/PortalRepository';
import scorecardsPlugin from '../index';

jest.setTimeout(180_000);

const databases = testDatabases();

type Criteria = PermissionCriteria<PermissionCondition>;
const rule = (name: string, params: Record<string, string | string[]>) => ({
  rule: name,
  resourceType: 'catalog-entity',
  params,
});
const ownedBy = (team: string) =>
  rule('IS_ENTITY_OWNER', { claims: [`group:default/${team}`] });

// One reader for each rule that the catalog knows, and for the ways to combine them.
const READERS: Record<string, Criteria | AuthorizeResult> = {
  everything: AuthorizeResult.ALLOW,
  nothing: AuthorizeResult.DENY,
  owner: ownedBy('checkout'),
  kind: rule('IS_ENTITY_KIND', { kinds: ['api'] }),
  annotation: rule('HAS_ANNOTATION', { annotation: 'acme.example/chat' }),
  annotationValue: rule('HAS_ANNOTATION', {
    annotation: 'acme.example/chat',
    value: '#c',
  }),
  label: rule('HAS_LABEL', { label: 'tier', value: 'one' }),
  metadata: rule('HAS_METADATA', { key: 'tags', value: 'pci' }),
  spec: rule('HAS_SPEC', { key: 'type', value: 'website' }),
  longText: rule('HAS_SPEC', { key: 'definition' }),
  not: { not: ownedBy('checkout') },
  any: { anyOf: [ownedBy('ledger'), rule('HAS_LABEL', { label: 'tier' })] },
  all: {
    allOf: [
      ownedBy('checkout'),
      rule('HAS_SPEC', { key: 'type', value: 'service' }),
    ],
  },
};

const permissions = createServiceFactory({
  service: coreServices.permissions,
  deps: {},
  factory: () =>
    mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(() => ({ result: AuthorizeResult.ALLOW })),
      authorizeConditional: async (requests, options) =>
        requests.map(() => decide(options!.credentials)),
    }),
});

function decide({ principal }: BackstageCredentials): PolicyDecision {
  const { type, userEntityRef } = principal as BackstageUserPrincipal;
  const granted: Criteria | AuthorizeResult | undefined =
    (type as string) === 'service'
      ? AuthorizeResult.ALLOW
      : READERS[userEntityRef.replace('user:default/', '')];
  return typeof granted === 'string'
    ? { result: granted as AuthorizeResult.ALLOW }
    : {
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: granted,
      };
}

function described(
  name: string,
  spec: JsonObject = {},
  metadata: JsonObject = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'definition' in spec ? 'API' : 'Component',
    metadata: { name, ...metadata },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'group:default/checkout',
      ...spec,
    },
  };
}

const OTHERS: Entity[] = [
  ...['checkout', 'ledger'].map(name => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { type: 'team', children: [] },
  })),
  aScorecard('components', ['entity.spec.type == "service"']),
  aScorecard('interfaces', ['entity.spec.type == "openapi"'], {
    appliesTo: { kind: 'API' },
  }),
];
const SCORECARDS = ['components', 'interfaces'];
const LEDGER = { owner: 'group:default/ledger' };
const API = { type: 'openapi', definition: 'x'.repeat(3_000) };

const BEFORE = [
  described('a', {}, { tags: ['pci'] }),
  described('b', { ...LEDGER, type: 'website' }),
  described('c', {}, { annotations: { 'acme.example/chat': '#c' } }),
  described('d', LEDGER, { labels: { tier: 'one' } }),
  described('e', API),
  described('f', { type: 'website' }),
  described('gone', {}, { tags: ['pci'] }),
];
/** For each rule something is open that was closed, or the other way round; one is gone, and one is new. */
const AFTER = [
  described('a', LEDGER),
  described('b', {}, { tags: ['pci'], labels: { tier: 'one' } }),
  described('c', { type: 'website' }),
  described('d', {}, { annotations: { 'acme.example/chat': '#c' } }),
  described('e', { ...API, ...LEDGER }, { labels: { tier: 'two' } }),
  described('f', { type: 'website' }),
  described('new', {}, { tags: ['pci'] }),
];
const refOf = ({ kind, metadata }: Entity) =>
  `${kind}:default/${metadata.name}`.toLocaleLowerCase('en-US');
const REFS = [...new Set([...BEFORE, ...AFTER].map(refOf))].sort();

/** Has the catalog's pass made that finds deleted entities. */
function passes() {
  let scheduler: SchedulerService;
  const feature = createBackendModule({
    pluginId: 'catalog',
    moduleId: 'test-passes',
    register: env =>
      env.registerInit({
        deps: { service: coreServices.scheduler },
        init: async ({ service }) => {
          scheduler = service;
        },
      }),
  });
  return {
    feature,
    reconcile: () =>
      scheduler.triggerTask('waymark-reconcile-entity-snapshots'),
  };
}

describe.each(databases.eachSupportedId())('what is read on %s', id => {
  let backend: TestBackend;
  /** What the catalog showed to each reader before it changed. */
  let before: Map<string, string[]>;
  let then: string;

  const call = async (path: string, reader: string, body?: object) => {
    const server = request(backend.server);
    const response = await (body
      ? server.post(`/api${path}`).send(body)
      : server.get(`/api${path}`)
    ).set(
      'Authorization',
      reader === 'service'
        ? mockCredentials.service.header()
        : mockCredentials.user.header(`user:default/${reader}`),
    );
    expect([path, response.status, response.body]).toEqual([
      path,
      200,
      response.body,
    ]);
    return response.body;
  };

  const shownByCatalog = async (reader: string): Promise<string[]> => {
    const entities: Entity[] = await call(
      '/catalog/entities?filter=kind=component&filter=kind=api',
      reader,
    );
    return entities.map(refOf).sort();
  };

  /** What every read that tells of many entities tells one reader of, now or at an instant. */
  const shownHere = async (reader: string, asOf?: string) => {
    const query = asOf ? `asOf=${asOf}&` : '';
    const lists = SCORECARDS.map(async scorecard => {
      const refs: string[] = [];
      let cursor: string | undefined = '';
      while (cursor !== undefined) {
        const page: {
          items: { entityRef: string }[];
          cursor?: string;
        } = await call(
          `/scorecards/scorecards/${scorecard}/results?${query}limit=2${cursor}`,
          reader,
        );
        refs.push(...page.items.map(({ entityRef }) => entityRef));
        cursor = page.cursor && `&cursor=${page.cursor}`;
      }
      return refs;
    });
    const counts = SCORECARDS.map(async scorecard => {
      const path = `/scorecards/scorecards/${scorecard}/rollup?${query}by=type`;
      return (await call(path, reader)).total.entities as number;
    });
    const trends = SCORECARDS.map(async scorecard => {
      const interval = asOf ? `?to=${asOf}` : '';
      const path = `/scorecards/scorecards/${scorecard}/trend${interval}`;
      return (await call(path, reader)).items.at(-1).entities as number;
    });
    const batches = ['scores', 'results', 'facts'].map(async what => {
      const body = { entityRefs: REFS, ...(asOf && { asOf }) };
      const { items } = await call(`/scorecards/${what}/query`, reader, body);
      return items.map(({ entityRef }: { entityRef: string }) => entityRef);
    });
    return {
      results: (await Promise.all(lists)).flat().sort(),
      counted: (await Promise.all(counts)).reduce((a, b) => a + b),
      trend: (await Promise.all(trends)).reduce((a, b) => a + b),
      batches: await Promise.all(batches),
    };
  };
  const allOf = (refs: string[]) => ({
    results: refs,
    counted: refs.length,
    trend: refs.length,
    batches: [refs, refs, refs],
  });

  /** Waits until all has arrived here: what is wrong for one reader stays wrong, and fails the test below. */
  const settled = async (entities: Entity[]) => {
    const refs = JSON.stringify(allOf(entities.map(refOf).sort()));
    const isHere = async (reader: string) =>
      JSON.stringify(await shownHere(reader)) ===
      JSON.stringify(allOf(await shownByCatalog(reader)));
    await eventually(async () => {
      const { items } = await call('/scorecards/scorecards', 'service');
      return items.filter(({ inForce }: ScorecardSummary) => inForce).length ===
        SCORECARDS.length
        ? true
        : undefined;
    }, 60_000);
    await eventually(async () => {
      if (JSON.stringify(await shownHere('service')) !== refs) return undefined;
      return (await isHere('owner')) && (await isHere('any'))
        ? true
        : undefined;
    }, 60_000);
  };

  beforeAll(async () => {
    const clients: Record<string, Knex> = {
      catalog: await databases.init(id),
      scorecards: await databases.init(id),
    };
    const repository = new PortalRepository();
    const { feature, reconcile } = passes();
    backend = await startTestBackend({
      features: [
        catalogPlugin,
        catalogModuleWaymark,
        scorecardsPlugin,
        repository.feature,
        feature,
        permissions,
        databasesOf(plugin => clients[plugin] ?? clients.catalog),
        mockServices.rootSystemMetadata.factory(),
        mockServices.rootConfig.factory({
          data: {
            ...catalogConfig,
            catalog: {
              ...catalogConfig.catalog,
              rules: [{ allow: ['API', 'Component', 'Group', 'Scorecard'] }],
            },
          },
        }),
      ],
    });
    await repository.write(...OTHERS, ...BEFORE);
    await settled(BEFORE);
    before = new Map();
    for (const reader of Object.keys(READERS)) {
      before.set(reader, await shownByCatalog(reader));
    }
    const path = '/scorecards/scorecards/components/rollup';
    then = (await call(path, 'service')).asOf;
    await repository.write(...OTHERS, ...AFTER);
    await eventually(async () => {
      const shown = await shownByCatalog('everything');
      return shown.join() === AFTER.map(refOf).sort().join() || undefined;
    }, 60_000);
    await reconcile();
    await settled(AFTER);
  });

  afterAll(async () => {
    await backend?.stop();
  });

  it.each(Object.keys(READERS))(
    'shows the reader "%s" what the catalog shows, now and then',
    async reader => {
      const now = await shownByCatalog(reader);
      expect(await shownHere(reader)).toEqual(allOf(now));

      const present = new Set(AFTER.map(refOf));
      const both = before
        .get(reader)!
        // Of what is gone, what the catalog last said of it counts.
        .filter(ref => !present.has(ref) || now.includes(ref));
      expect(await shownHere(reader, then)).toEqual(allOf(both));
    },
  );

  it('is another set for each reader, and another one then', async () => {
    const sets = [...before].map(([, refs]) => refs.join());
    expect(new Set(sets).size).toBeGreaterThan(8);
    const unchanged: string[] = [];
    for (const [reader, refs] of before) {
      const now = await shownByCatalog(reader);
      if (now.join() === refs.join()) unchanged.push(reader);
    }
    expect(unchanged).toEqual(['nothing', 'kind', 'longText']);
  });
});
