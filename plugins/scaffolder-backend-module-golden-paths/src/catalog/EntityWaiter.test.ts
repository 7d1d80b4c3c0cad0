import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { EntityWaiter } from './EntityWaiter';

const REPOSITORY = 'https://github.com/acme/quotes';
const FILE = `${REPOSITORY}/blob/main/catalog-info.yaml`;

const component = (repository = REPOSITORY): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'quotes',
    namespace: 'default',
    annotations: {
      'backstage.io/managed-by-location': `url:${repository}/tree/main/catalog-info.yaml`,
    },
  },
});

const location = (message: string): Entity =>
  ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: { name: 'generated-1', namespace: 'default' },
    spec: { type: 'url', target: FILE },
    status: {
      items: [
        { type: 'backstage.io/catalog-processing', level: 'error', message },
      ],
    },
  } as Entity);

/** Waits for the component in a catalog that changes at each look. */
async function wait(looks: Entity[][], secondsPerLook = 5) {
  const clock = ManualClock.at('2026-11-22T10:00:00Z');
  const logger = mockServices.logger.mock();
  const nudge = jest.fn(async () => {});
  let look = 0;
  const current = () =>
    catalogServiceMock({ entities: looks[Math.min(look, looks.length - 1)] });
  const catalog = catalogServiceMock.mock({
    getEntityByRef: (...args) => current().getEntityByRef(...args),
    queryEntities: async (...args) => {
      const answer = await current().queryEntities(...args);
      look += 1;
      clock.advance({ seconds: secondsPerLook });
      return answer;
    },
  });
  const waiting = EntityWaiter.create({ catalog, clock }).wait({
    entityRef: 'component:default/quotes',
    describedBy: { repositoryUrl: REPOSITORY, fileUrl: FILE, nudge },
    timeoutSeconds: 20,
    credentials: mockCredentials.user(),
    logger,
  });
  return { waiting, nudge, logger };
}

describe('EntityWaiter', () => {
  it('goes on as soon as the catalog shows the entity', async () => {
    const { waiting, nudge } = await wait([[], [component()]]);
    await expect(waiting).resolves.toMatchObject({
      metadata: { name: 'quotes' },
    });
    expect(nudge).not.toHaveBeenCalled();
  });

  it('tells the catalog once more when no webhook seems to have come', async () => {
    const { waiting, nudge } = await wait([[], [], [], [component()]]);
    await waiting;
    expect(nudge).toHaveBeenCalledTimes(1);
  });

  it('says what to look at when it has waited long enough', async () => {
    const { waiting } = await wait([[]]);
    await expect(waiting).rejects.toMatchObject({
      name: 'EntityTimeoutError',
      message: expect.stringMatching(
        /component:default\/quotes did not appear in the catalog within 20 s.*catalog-info\.yaml.*catalog\.providers\.github.*webhook/,
      ),
    });
  });

  it('shows what the catalog has against the file', async () => {
    const { waiting, logger } = await wait([
      [location('spec.owner: is missing')],
    ]);
    await expect(waiting).rejects.toThrow(
      `The catalog cannot use ${FILE}: spec.owner: is missing`,
    );
    expect(logger.warn).toHaveBeenCalledTimes(1);
  });

  it('does not take the entity of another repository for its own', async () => {
    const { waiting } = await wait([[component(`${REPOSITORY}-old`)]]);
    await expect(waiting).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('two repositories claim one name'),
    });
  });
});
