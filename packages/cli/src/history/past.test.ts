import { Entity } from '@backstage/catalog-model';
import { EntitySnapshot } from '@waymark/waymark-common';
import { mkdtemp, rm, mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import { runProgram } from '../programs';
import { BareRepository } from './BareRepository';
import { pastDefinitions } from './pastDefinitions';
import { Surroundings } from './pastEntity';
import { RepositoryPast } from './RepositoryPast';

jest.setTimeout(60_000);

const FROM = new Date('2025-03-10T00:00:00Z');
const TO = new Date('2025-03-30T00:00:00Z');
const on = (day: number) => new Date(Date.UTC(2025, 2, day, 12));

const described = (owner: string, system?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'api', annotations: { 'acme.example/own': owner } },
  spec: { type: 'service', lifecycle: 'production', owner, system },
});

const ref = (kind: string, name: string) => `${kind}:default/${name}`;
function aSnapshot(
  kind: string,
  name: string,
  more: Partial<EntitySnapshot> = {},
): EntitySnapshot {
  return {
    sequence: 1,
    ref: ref(kind, name),
    uid: name,
    kind,
    ownerPath: [],
    inherits: false,
    validFrom: '2025-03-30T00:00:00.000Z',
    entity: { apiVersion: 'v1', kind, metadata: { name } },
    ...more,
  };
}
const childOf = (parent: string) => ({
  entity: {
    apiVersion: 'v1',
    kind: 'Group',
    metadata: { name: 'x' },
    relations: [{ type: 'childOf', targetRef: ref('group', parent) }],
  },
});

const PRESENT = aSnapshot('component', 'api', {
  type: 'service',
  lifecycle: 'production',
  owner: ref('group', 'ledger'),
  ownerPath: [ref('group', 'ledger')],
  source: {
    host: 'forge.example',
    owner: 'acme',
    repository: 'api',
    branchAndPath: 'main/services/api/catalog-info.yaml',
    repositoryId: '7',
  },
  entity: {
    ...described('ledger'),
    metadata: {
      name: 'api',
      uid: 'api',
      annotations: { 'acme.example/own': 'ledger', 'added/by': 'the catalog' },
    },
    relations: [
      { type: 'dependsOn', targetRef: ref('resource', 'db') },
      { type: 'ownedBy', targetRef: ref('group', 'ledger') },
    ],
  },
});
const SURROUNDINGS = Surroundings.of([
  PRESENT,
  aSnapshot('group', 'checkout', childOf('payments')),
  aSnapshot('group', 'payments', childOf('checkout')),
  aSnapshot('system', 'shop', { domain: ref('domain', 'sales') }),
]);

describe('the past of a repository', () => {
  let folder: string;
  const git = async (env: NodeJS.ProcessEnv, ...args: string[]) => {
    const { code, stderr } = await runProgram('git', args, {
      cwd: folder,
      env: { ...process.env, ...env },
    });
    expect([args, code, code === 0 ? '' : stderr]).toEqual([args, 0, '']);
  };
  const commit = async (
    day: number,
    login: string,
    files: Record<string, string | undefined>,
  ) => {
    for (const [path, text] of Object.entries(files)) {
      const file = join(folder, path);
      await mkdir(dirname(file), { recursive: true });
      await (text === undefined ? rm(file) : writeFile(file, text));
    }
    const date = on(day).toISOString();
    await git({}, 'add', '--all');
    await git(
      {
        GIT_AUTHOR_NAME: login.toUpperCase(),
        GIT_AUTHOR_EMAIL: `${login}@acme.example`,
        GIT_COMMITTER_NAME: 'bot',
        GIT_COMMITTER_EMAIL: 'bot@acme.example',
        GIT_AUTHOR_DATE: date,
        GIT_COMMITTER_DATE: date,
      },
      'commit',
      '-qm',
      `${day}`,
    );
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'waymark-past-'));
    await git({}, 'init', '-q', '-b', 'main');
    await commit(2, 'ann', { 'README.md': '# Repository' });
    await commit(4, 'ann', {
      'services/api/catalog-info.yaml': stringify(
        described('checkout', 'shop'),
      ),
    });
    await commit(6, 'bob', { 'other/x.txt': 'x' });
    await commit(12, 'bob', { 'services/api/README.md': '# API' });
    await commit(20, 'ann', {
      'services/api/catalog-info.yaml': stringify(described('ledger')),
    });
    await commit(24, 'ann', {
      'services/api/catalog-info.yaml': undefined,
    });
    await commit(26, 'ann', {
      'services/api/catalog-info.yaml': stringify(described('ledger')),
    });
    await commit(31, 'ann', { 'services/api/late.md': 'late' });
  });
  afterEach(() => rm(folder, { recursive: true }));

  const read = () =>
    RepositoryPast.read({
      folder: join(folder, '.git'),
      webUrl: 'https://forge.example/acme/api',
      snapshots: [PRESENT],
      surroundings: SURROUNDINGS,
      loginOf: address => (address === 'ann@acme.example' ? 'ann' : undefined),
      from: FROM,
      to: TO,
    });

  it('is what the catalog and the collector of Git would have seen, push by push', async () => {
    const pushes = await read();
    expect(pushes.map(({ at }) => at)).toEqual([
      FROM,
      ...[12, 20, 24, 26].map(on),
    ]);
    const [first, readme, moved, gone, back] = pushes;
    const [then] = first.snapshots;
    expect(then).toMatchObject({
      ref: PRESENT.ref,
      uid: 'api',
      source: PRESENT.source,
      owner: ref('group', 'checkout'),
      ownerPath: [ref('group', 'checkout'), ref('group', 'payments')],
      system: ref('system', 'shop'),
      domain: ref('domain', 'sales'),
    });
    expect(then.entity.metadata).toMatchObject({
      uid: 'api',
      annotations: {
        'acme.example/own': 'checkout',
        'added/by': 'the catalog',
      },
    });
    expect(then.entity.relations).toEqual([
      { type: 'dependsOn', targetRef: ref('resource', 'db') },
      { type: 'ownedBy', targetRef: ref('group', 'checkout') },
      { type: 'partOf', targetRef: ref('system', 'shop') },
    ]);
    expect(readme.snapshots).toEqual([]);
    // As it is now, to the letter: the portal that goes on sees no difference.
    expect(moved.snapshots).toEqual([PRESENT]);
    expect(gone).toMatchObject({ snapshots: [], deleted: [PRESENT.ref] });
    expect(gone.facts.size).toBe(0);
    expect(back.snapshots).toEqual([PRESENT]);

    const payloads = [first, readme].map(
      ({ facts }) => facts.get(PRESENT.ref)!,
    );
    expect(payloads.map(({ payload }) => payload)).toMatchObject([
      {
        folder: 'services/api',
        files: { readme: null },
        lastCommit: { at: on(4).toISOString(), author: 'ann' },
        authors: [{ name: 'ANN', login: 'ann', commits: 1 }],
      },
      {
        files: { readme: 'services/api/README.md' },
        lastCommit: { at: on(12).toISOString(), author: 'BOB' },
        authors: [
          { login: null, name: 'BOB', commits: 1 },
          { login: 'ann', name: 'ANN', commits: 1 },
        ],
      },
    ]);
    expect(payloads[0].url).toBe(
      `https://forge.example/acme/api/tree/${payloads[0].commit}/services/api`,
    );
  });

  it('reads what Git reads', async () => {
    const repository = await BareRepository.open(join(folder, '.git'));
    const head = repository.branch.at(-1)!;
    expect(head.at).toEqual(on(31));
    const all = await repository.history(head.id, '', () => undefined);
    expect(all.map(({ at }) => at)).toEqual(
      [31, 26, 24, 20, 12, 6, 4, 2].map(on),
    );
    const [readme] = repository
      .files(head.id)
      .filter(({ path }) => path === 'README.md');
    expect(readme).toMatchObject({ size: 12 });
    expect(repository.text(readme.sha)).toBe('# Repository');
  });
});

describe('the past of definitions', () => {
  const scorecard = (name: string, checks: number): Entity => ({
    apiVersion: 'v1',
    kind: 'Scorecard',
    metadata: { name },
    spec: { checks: Array.from({ length: checks }, (_, id) => ({ id })) },
  });
  const source: Entity = {
    apiVersion: 'v1',
    kind: 'FactSource',
    metadata: { name: 'git' },
    spec: { staleAfter: 'P1D' },
  };
  const present = [scorecard('b', 6), scorecard('a', 2), source];

  it('ends with what is there now, comes to it check by check, and makes no check up', () => {
    const steps = pastDefinitions(present, { from: FROM, to: TO });
    expect(steps[0].at).toEqual(FROM);
    expect(steps.at(-1)).toEqual({
      at: new Date(TO.getTime() - 1_000),
      definitions: present,
    });
    const counts = steps.map(({ definitions }) =>
      definitions
        .filter(({ kind }) => kind === 'Scorecard')
        .map(({ metadata: { name }, spec }) => [
          name,
          (spec!.checks as unknown[]).length,
        ]),
    );
    expect(counts).toEqual([
      [['a', 2]],
      [
        ['a', 2],
        ['b', 4],
      ],
      [
        ['a', 2],
        ['b', 6],
      ],
      [
        ['b', 6],
        ['a', 2],
      ],
    ]);
    const instants = steps.map(({ at }) => at.getTime());
    expect(instants).toEqual([...instants].sort((one, other) => one - other));
  });
});
