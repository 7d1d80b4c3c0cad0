import { createBackendPlugin } from '@backstage/backend-plugin-api';
import { startTestBackend } from '@backstage/backend-test-utils';
import {
  FactCollector,
  factCollectorsExtensionPoint,
} from '@waymark/scorecards-node';
import { aComponent } from '@waymark/scorecards-node/testUtils';
import module from './index';

it('adds a collector that belongs to repositories and follows pushes to their default branch', async () => {
  const added: FactCollector[] = [];
  await startTestBackend({
    features: [
      module,
      createBackendPlugin({
        pluginId: 'scorecards',
        register({ registerExtensionPoint, registerInit }) {
          registerExtensionPoint(factCollectorsExtensionPoint, {
            addCollector: (...collectors) => added.push(...collectors),
          });
          registerInit({ deps: {}, async init() {} });
        },
      }),
    ],
  });
  const [collector] = added;
  expect(collector).toMatchObject({ id: 'git', sources: ['git'] });
  const partition = collector.partitionOf(
    aComponent({
      name: 'quotes',
      repository: { host: 'git.example', owner: 'Acme', repository: 'Quotes' },
    }),
  );
  expect(partition).toEqual({
    key: 'git.example/acme/quotes',
    host: 'git.example',
    account: 'git.example/acme',
  });

  const partitionsOf = (ref: string, html_url: string) =>
    collector.events!.partitionsOf({
      topic: 'github.push',
      payload: { ref, repository: { html_url, default_branch: 'main' } },
    });
  const url = 'https://git.example/acme/quotes';
  expect(collector.events!.topics).toEqual(['github.push']);
  expect(partitionsOf('refs/heads/main', url)).toEqual([partition!.key]);
  expect(partitionsOf('refs/heads/topic', url)).toEqual([]);
  expect(partitionsOf('refs/tags/main', url)).toEqual([]);
  expect(partitionsOf('refs/heads/main', 'nowhere')).toEqual([]);
  expect(
    collector.events!.partitionsOf({ topic: 'github.push', payload: 'x' }),
  ).toEqual([]);
});
