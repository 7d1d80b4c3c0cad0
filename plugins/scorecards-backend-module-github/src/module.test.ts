import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import { factCollectorsExtensionPoint } from '@waymark/scorecards-node';
import module from './index';

it('adds a collector that follows what GitHub tells of a repository', async () => {
  const addCollector = jest.fn();
  const scorecards = createBackendPlugin({
    pluginId: 'scorecards',
    register({ registerExtensionPoint, registerInit }) {
      registerExtensionPoint(factCollectorsExtensionPoint, { addCollector });
      registerInit({ deps: {}, async init() {} });
    },
  });
  await startTestBackend({ features: [module, scorecards] });
  const [[collector]] = addCollector.mock.calls;
  expect(collector).toMatchObject({ id: 'github', sources: ['github'] });
  expect(collector.events.topics).toContain('github.branch_protection_rule');
  expect(
    collector.events.partitionsOf({
      topic: 'github.branch_protection_rule',
      payload: {
        action: 'deleted',
        repository: {
          html_url: 'https://git.example/Acme/Quotes',
          default_branch: 'main',
        },
      },
    }),
  ).toEqual(['git.example/acme/quotes']);
});
