import '@backstage/cli/asset-types';
import { Entity } from '@backstage/catalog-model';
import { createDevApp } from '@backstage/frontend-dev-utils';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import operatePlugin, { operateApiRef } from '../src';
import { bareAnswer, fullAnswer } from './__fixtures__/answer';

const bare = new URLSearchParams(window.location.search).has('bare');

const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'checkout' },
  spec: { type: 'service' },
};

createDevApp({
  features: [
    operatePlugin,
    createFrontendModule({
      pluginId: 'operate',
      extensions: [
        ApiBlueprint.make({
          params: defineParams =>
            defineParams({
              api: operateApiRef,
              deps: {},
              factory: () => ({
                getOperate: async () => (bare ? bareAnswer : fullAnswer),
              }),
            }),
        }),
      ],
    }),
    createFrontendModule({
      pluginId: 'app',
      extensions: [createTestEntityPage({ entity })],
    }),
  ],
});
