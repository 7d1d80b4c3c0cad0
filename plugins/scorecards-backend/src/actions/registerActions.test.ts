import { mockCredentials } from '@backstage/backend-test-utils';
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { testDatabases } from '@waymark/waymark-node/testUtils';
import { aSnapshot } from '../__testUtils__/aSnapshot';
import { createWorld, WRITTEN_BY_TESTS } from '../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../__testUtils__/definitions';
import { createExemptions } from '../exemptions';
import { readOperations } from '../http/operations';
import { createReadHandlers, createReads } from '../reads/createReads';
import { registerActions } from './registerActions';

jest.setTimeout(60_000);

const databases = testDatabases();

async function create() {
  const world = await createWorld(databases, 'SQLITE_3');
  let mayEvaluate: AuthorizeResult.ALLOW | AuthorizeResult.DENY =
    AuthorizeResult.ALLOW;
  const evaluator = { evaluate: jest.fn(async () => {}) };
  const handlers = createReadHandlers(
    createReads({
      ...world,
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async requests =>
          requests.map(({ permission }) => ({
            result: permission.name.endsWith('evaluate')
              ? mayEvaluate
              : AuthorizeResult.ALLOW,
          })),
      }),
    }),
    { health: { list: async () => [] }, evaluator },
  );
  const registry = actionsRegistryServiceMock();
  const noExemptions = createExemptions({
    ...world,
    httpAuth: mockServices.httpAuth(),
    permissions: mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
      authorizeConditional: async requests =>
        requests.map(() => ({ result: AuthorizeResult.DENY })),
    }),
    onWritten: () => {},
  });
  registerActions(registry, {
    operations: readOperations(world.clock),
    handlers: { ...handlers, ...noExemptions.handlers },
  });
  await world.see(aSnapshot('api'));
  await world.define(
    aFactSource('git', WRITTEN_BY_TESTS),
    aScorecard('basics', ['facts.git.readme']),
  );
  await world.say('component:default/api', 'git', { readme: true, tests: 1 });
  await world.engine.runOnce();
  return {
    registry,
    evaluator,
    forbid: () => {
      mayEvaluate = AuthorizeResult.DENY;
    },
    invoke: (name: string, input: object) =>
      registry.invoke({
        id: `test:${name}`,
        input: input as never,
        credentials: mockCredentials.user(),
      }),
  };
}

describe('actions', () => {
  it('answer what HTTP answers', async () => {
    const { invoke } = await create();
    const entityRef = 'component:api';
    expect(await invoke('get-entity-scores', { entityRef })).toMatchObject({
      output: { scorecards: [{ scorecard: 'basics', points: 1 }] },
    });
    expect(
      await invoke('get-check-proof', {
        entityRef,
        scorecard: 'basics',
        check: 'check-0',
      }),
    ).toMatchObject({ output: { rule: { value: true } } });
    expect(
      await invoke('list-scorecard-results', { name: 'basics', limit: 1 }),
    ).toMatchObject({
      output: { items: [{ entityRef: 'component:default/api' }] },
    });
    expect(
      await invoke('get-scorecard-rollup', { name: 'basics', by: 'type' }),
    ).toMatchObject({ output: { items: [{ key: 'service' }] } });
    expect(await invoke('list-exemptions', { limit: 1 })).toEqual({
      output: { items: [] },
    });
    await expect(
      invoke('get-exemption', { id: '00000000-0000-4000-8000-000000000000' }),
    ).rejects.toThrow('There is no exemption 00000000');
  });

  it('name the field that is wrong', async () => {
    const { invoke } = await create();
    await expect(
      invoke('get-entity-scores', { entityRef: 'no ref' }),
    ).rejects.toThrow('entityRef: "no ref" is not an entity ref');
    await expect(
      invoke('get-entity-scores', {
        entityRef: 'component:api',
        asOf: 'yesterday',
      }),
    ).rejects.toThrow('asOf: must be an instant');
    await expect(
      invoke('get-entity-scores', {
        entityRef: 'component:api',
        colour: 'red',
      }),
    ).rejects.toThrow(/colour|Unrecognized/);
  });

  it('need the permission of the caller', async () => {
    const { invoke, evaluator, forbid } = await create();
    const input = { entityRef: 'component:api' };
    await invoke('evaluate-entity', input);
    expect(evaluator.evaluate).toHaveBeenCalledTimes(1);
    forbid();
    await expect(invoke('evaluate-entity', input)).rejects.toThrow(
      'You may not have component:default/api evaluated',
    );
    expect(evaluator.evaluate).toHaveBeenCalledTimes(1);
  });
});
