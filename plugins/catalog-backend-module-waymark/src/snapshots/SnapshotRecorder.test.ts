import { mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { GithubClients } from '@waymark/waymark-node';
import { ManualClock, testDatabases } from '@waymark/waymark-node/testUtils';
import { createStore } from '../__testUtils__/createStore';
import { RepositoryIds } from '../repositories/RepositoryIds';
import { SnapshotHints } from './SnapshotHints';
import { SnapshotRecorder } from './SnapshotRecorder';

jest.setTimeout(60_000);

const databases = testDatabases();
const component = (name: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name, namespace: 'default', uid: `uid-${name}` },
});
/** Nothing comes from a repository here. */
const UNKNOWN = RepositoryIds.create({
  clients: GithubClients.create({
    integrations: ScmIntegrations.fromConfig(new ConfigReader({})),
  }),
  clock: ManualClock.at('2026-01-01T00:00:00Z'),
  logger: mockServices.logger.mock(),
});
const entities = ['a', 'b', 'c'].map(component);

/** A catalog whose stream is what a test makes of it, and whose other answers are those of `present`. */
function catalogOf(
  present: Entity[],
  stream: () => AsyncIterable<Entity[]>,
): CatalogService {
  return Object.assign(catalogServiceMock({ entities: present }), {
    streamEntities: stream,
  });
}

describe.each(databases.eachSupportedId())('reconciling on %s', id => {
  it('concludes deletions only from a complete pass and a second look', async () => {
    const store = await createStore(await databases.init(id));
    const clock = ManualClock.at('2026-01-01T00:00:00Z');
    const recorderOf = (catalog: CatalogService) =>
      SnapshotRecorder.create({
        store,
        repositoryIds: UNKNOWN,
        catalog,
        clock,
        auth: mockServices.auth(),
        events: mockServices.events(),
      });
    const living = async () =>
      (await store.list({}, { limit: 9 })).map(({ ref }) => ref);
    const all = entities.map(
      ({ metadata }) => `component:default/${metadata.name}`,
    );

    const changed: string[] = [];
    const complete = await recorderOf(
      catalogServiceMock({ entities }),
    ).reconcile({ onChanged: refs => changed.push(...refs) });
    expect(changed).toEqual(all);
    expect(complete).toEqual({ seen: 3, changed: 3, deleted: 0 });
    expect(await living()).toEqual(all);

    const broken = catalogOf([], async function* stream() {
      yield [entities[0]];
      throw new Error('connection lost');
    });
    await expect(recorderOf(broken).reconcile()).rejects.toThrow(
      'connection lost',
    );
    expect(await living()).toEqual(all);

    const skipping = catalogOf(entities, async function* stream() {
      yield [entities[0]];
    });
    expect(await recorderOf(skipping).reconcile()).toMatchObject({
      deleted: 0,
    });
    expect(await living()).toEqual(all);

    clock.advance('PT1M');
    const gone = catalogServiceMock({ entities: [entities[0]] });
    expect(await recorderOf(gone).reconcile()).toEqual({
      seen: 1,
      changed: 2,
      deleted: 2,
    });
    expect(await living()).toEqual(['component:default/a']);

    const aborted = new AbortController();
    aborted.abort();
    await expect(
      recorderOf(catalogServiceMock({ entities })).reconcile({
        signal: aborted.signal,
      }),
    ).rejects.toThrow();
    expect(await living()).toEqual(['component:default/a']);
  });
});

describe('hints', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });

  afterEach(() => {
    jest.useRealTimers();
  });

  it('are read in batches, again where nothing was new yet, and given up in the end', async () => {
    const reads: string[][] = [];
    const hints = SnapshotHints.create({
      logger: mockServices.logger.mock(),
      refresh: async refs => {
        reads.push([...refs].sort());
        if (reads.length === 2) {
          throw new Error('catalog not ready');
        }
        return new Set(refs.filter(ref => ref === 'a'));
      },
    });
    ['a', 'b', 'a'].forEach(ref => hints.hint(ref));
    await jest.advanceTimersByTimeAsync(999);
    expect(reads).toEqual([]);
    await jest.advanceTimersByTimeAsync(120_000);

    expect(reads).toEqual([['a', 'b'], ['b'], ['b'], ['b']]);
    await hints.stop();
    hints.hint('a');
    await jest.advanceTimersByTimeAsync(120_000);
    expect(reads).toHaveLength(4);
  });
});
