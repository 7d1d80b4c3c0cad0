import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { factSourceKind, FactSourceSpec } from '@waymark/scorecards-common';
import { CatalogProblem, EntitySnapshot } from '@waymark/waymark-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { Knex } from 'knex';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { aSnapshot, SnapshotOptions } from '../../__testUtils__/aSnapshot';
import { migrated } from '../../__testUtils__/migrated';
import { OutageStore } from '../../outages/OutageStore';
import { createCollectors } from '../__testUtils__/createCollectors';
import { CatalogCollector } from './CatalogCollector';

jest.setTimeout(120_000);

const databases = testDatabases();
const FILE = join(
  __dirname,
  '../../../../../catalog/fact-sources/catalog.yaml',
);

/** The declaration that the portal itself has. */
function declaration(): FactSourceSpec {
  const parsed = factSourceKind.parse(parse(readFileSync(FILE, 'utf8')));
  if (!parsed.ok) {
    throw new Error(JSON.stringify(parsed.problems));
  }
  return parsed.definition.spec as FactSourceSpec;
}

/** A snapshot with relations, as "type ref". */
function described(
  name: string,
  { relations = [], ...options }: SnapshotOptions & { relations?: string[] },
  metadata: JsonObject = {},
): EntitySnapshot {
  const snapshot = aSnapshot(name, options);
  return {
    ...snapshot,
    entity: {
      ...snapshot.entity,
      metadata: { ...snapshot.entity.metadata, ...metadata },
      relations: relations.map(text => {
        const [type, targetRef] = text.split(' ');
        return { type, targetRef };
      }),
    },
  };
}

const group = (name: string, parent?: string) =>
  described(name, {
    kind: 'group',
    relations: parent ? [`childOf group:default/${parent}`] : [],
  });
const user = (name: string, team: string) =>
  described(name, {
    kind: 'user',
    relations: [`memberOf group:default/${team}`],
  });

describe.each(databases.eachSupportedId())('CatalogCollector on %s', id => {
  let knex: Knex;
  let problems: CatalogProblem[];

  beforeEach(async () => {
    knex = await migrated(databases, id);
    problems = [];
  });

  function createWorld() {
    const world = createCollectors(knex, {
      factSources: [{ id: 1, name: 'catalog', spec: declaration() }],
    });
    const runner = world.createRunner({
      collectors: [
        CatalogCollector.create({
          knex,
          auth: mockServices.auth(),
          problems: { list: async () => problems },
        }),
      ],
    });
    return {
      ...world,
      /** Everything known of an entity after the collector has followed what has changed. */
      factOf: async (name: string) => {
        await runner.runOnce();
        expect(await OutageStore.of(knex).ofSources(['catalog'])).toEqual([]);
        const [payload] = await world.facts(name);
        return payload;
      },
      /** Changes the catalog, a second later. */
      change: async (...args: Parameters<typeof world.apply>) => {
        world.clock.advance('PT1S');
        await world.apply(...args);
      },
    };
  }

  it('says all that the source declares', async () => {
    const world = createWorld();
    problems.push({
      entityRef: 'location:default/generated-1',
      errors: [{ name: 'InputError', message: 'line 3, column 1' }],
      lastGood: true,
      since: '2026-03-01T12:00:00Z',
      affected: [{ entityRef: 'component:default/wallet' }],
    });
    await world.apply([
      group('checkout'),
      user('mina', 'checkout'),
      user('leo', 'checkout'),
      described('money', { kind: 'system' }),
      described(
        'wallet',
        {
          system: 'system:default/money',
          description: 'Holds money',
          relations: [
            'ownedBy group:default/checkout',
            'partOf system:default/money',
            'dependsOn component:default/ledger',
          ],
          annotations: {
            'waymark.dev/on-call': 'acme/on-call#checkout.yaml',
            'waymark.dev/runbook': 'docs/runbook.md',
            'waymark.dev/slo': '../slo.yaml',
            'waymark.dev/dashboard': 'https://grafana.example/d/1',
            'waymark.dev/slack-channel': '#checkout',
            'waymark.dev/cost-centre': 'CC-4401',
            'waymark.dev/data-classification': 'confidential',
            'backstage.io/techdocs-ref': 'dir:.',
            'backstage.io/view-url': 'https://forge.example/acme/wallet',
          },
        },
        { links: [{ url: 'https://wiki.example', title: 'Wiki' }] },
      ),
    ]);
    expect(await world.factOf('wallet')).toEqual({
      owner: { ref: 'group:default/checkout', exists: true, people: 2 },
      system: 'system:default/money',
      lifecycle: 'production',
      description: 'Holds money',
      onCall: 'acme/on-call#checkout.yaml',
      runbook: 'docs/runbook.md',
      slo: null,
      dashboard: 'https://grafana.example/d/1',
      slackChannel: '#checkout',
      costCentre: 'CC-4401',
      dataClassification: 'confidential',
      foreignRepository: null,
      annotations: [
        'backstage.io/techdocs-ref',
        'backstage.io/view-url',
        'waymark.dev/cost-centre',
        'waymark.dev/dashboard',
        'waymark.dev/data-classification',
        'waymark.dev/on-call',
        'waymark.dev/runbook',
        'waymark.dev/slack-channel',
        'waymark.dev/slo',
      ],
      links: [{ url: 'https://wiki.example', title: 'Wiki', type: null }],
      documentation: true,
      relations: [
        { type: 'ownedBy', target: 'group:default/checkout', exists: true },
        { type: 'partOf', target: 'system:default/money', exists: true },
        {
          type: 'dependsOn',
          target: 'component:default/ledger',
          exists: false,
        },
      ],
      brokenReferences: [
        'waymark.dev/slo: must not hold ".."',
        'dependsOn component:default/ledger: not in the catalog',
      ],
      processingErrors: [{ name: 'InputError', message: 'line 3, column 1' }],
    });
  });

  it('writes what is absent as null or empty, and cuts what is endless', async () => {
    const world = createWorld();
    await world.apply([
      described('bare', {
        owner: undefined,
        ownerPath: [],
        lifecycle: undefined,
      }),
      described(
        'endless',
        {
          description: `${'x'.repeat(499)}${'🦊'.repeat(100_000)}`,
          relations: Array.from(
            { length: 1_000 },
            (_, index) => `dependsOn component:default/c${index}`,
          ),
          annotations: { 'backstage.io/view-url': 'file:///etc/passwd' },
        },
        {
          links: Array.from({ length: 100 }, () => ({
            url: `https://wiki.example/${'x'.repeat(5_000)}`,
          })),
        },
      ),
    ]);
    expect(await world.factOf('bare')).toMatchObject({
      owner: { ref: null, exists: false, people: 0 },
      system: null,
      lifecycle: null,
      description: null,
      onCall: null,
      annotations: [],
      links: [],
      documentation: false,
      relations: [],
      brokenReferences: [],
      processingErrors: [],
    });
    expect(await world.factOf('endless')).toMatchObject({
      description: 'x'.repeat(499),
      relations: { length: 200 },
      brokenReferences: { length: 200 },
      links: { length: 50 },
    });
  });

  it('counts the active people of the owner and of the groups below it, as they come and go', async () => {
    const world = createWorld();
    const owner = async () => {
      const payload = await world.factOf('wallet');
      return payload.owner;
    };
    const standing = (exists: boolean, people: number) => ({
      ref: 'group:default/checkout',
      exists,
      people,
    });
    await world.apply([aSnapshot('wallet')]);
    expect(await owner()).toEqual(standing(false, 0));
    await world.change([group('checkout'), user('mina', 'checkout')]);
    expect(await owner()).toEqual(standing(true, 1));
    await world.change([group('cards', 'checkout'), user('leo', 'cards')]);
    expect(await owner()).toEqual(standing(true, 2));
    await world.change([user('nils', 'cards'), user('mina', 'cards')]);
    expect(await owner()).toEqual(standing(true, 3));
    await world.change([], ['user:default/leo']);
    expect(await owner()).toEqual(standing(true, 2));
    await world.change([group('cards', 'elsewhere')]);
    expect(await owner()).toEqual(standing(true, 0));
    await world.change([], ['group:default/checkout']);
    expect(await owner()).toEqual(standing(false, 0));
    await world.change([aSnapshot('wallet', { owner: 'user:default/mina' })]);
    expect(await owner()).toEqual({
      ref: 'user:default/mina',
      exists: true,
      people: 1,
    });
  });

  it('follows a cycle of groups to its end', async () => {
    const world = createWorld();
    await world.apply([
      aSnapshot('wallet'),
      group('checkout', 'cards'),
      group('cards', 'checkout'),
      user('mina', 'cards'),
      user('leo', 'checkout'),
    ]);
    expect(await world.factOf('wallet')).toMatchObject({
      owner: { people: 2 },
    });
  });

  it('learns when what an entity relates to comes and goes, and when its file is mended', async () => {
    const world = createWorld();
    const broken = async () => (await world.factOf('wallet')).brokenReferences;
    await world.apply([
      described('wallet', {
        relations: ['dependsOn component:default/ledger'],
      }),
    ]);
    expect(await broken()).toEqual([
      'dependsOn component:default/ledger: not in the catalog',
    ]);
    await world.change([aSnapshot('ledger')]);
    expect(await broken()).toEqual([]);
    await world.change([], ['component:default/ledger']);
    expect(await broken()).toHaveLength(1);

    problems.push({
      entityRef: 'component:default/wallet',
      errors: [{ name: 'Error', message: 'No such file' }],
      lastGood: true,
      since: '2026-03-01T12:00:00Z',
      affected: [],
    });
    world.clock.advance('PT15M');
    expect(await world.factOf('wallet')).toMatchObject({
      processingErrors: [{ message: 'No such file' }],
    });
    problems = [];
    world.clock.advance('PT15M');
    expect(await world.factOf('wallet')).toMatchObject({
      processingErrors: [],
    });
  });
});
