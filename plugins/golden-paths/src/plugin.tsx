import {
  ApiBlueprint,
  createFrontendPlugin,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';
import { RiRoadMapLine } from '@remixicon/react';
import { ComponentType } from 'react';
import { goldenPathsApiRef } from './api/GoldenPathsApi';
import { GoldenPathsClient } from './api/GoldenPathsClient';

const api = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: goldenPathsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => GoldenPathsClient.create(deps),
    }),
});

const componentName = FormFieldBlueprint.make({
  name: 'component-name',
  params: {
    field: async () => (await import('./fields/ComponentName')).ComponentName,
  },
});

const owningGroup = FormFieldBlueprint.make({
  name: 'owning-group',
  params: {
    field: async () => (await import('./fields/OwningGroup')).OwningGroup,
  },
});

const entityOfKind = FormFieldBlueprint.make({
  name: 'entity-of-kind',
  params: {
    field: async () => (await import('./fields/EntityOfKind')).EntityOfKind,
  },
});

export const createHereCard = EntityCardBlueprint.make({
  name: 'create-here',
  params: {
    type: 'info',
    filter: { kind: { $in: ['group', 'system'] } },
    loader: async () => {
      const { EntityCreateHereCard } = await import('./entity/CreateHereCard');
      return <EntityCreateHereCard />;
    },
  },
}).override({ if: { permissions: { $contains: 'scaffolder.task.create' } } });

const myRuns = HomePageWidgetBlueprint.make({
  name: 'my-runs',
  params: {
    name: 'MyRuns',
    title: 'My runs',
    description: 'The templates that you have run lately, and how they ended',
    // It draws its own card.
    componentProps: {
      Renderer: ({ Content }: { Content: ComponentType }) => <Content />,
    },
    components: async () => ({
      Content: (await import('./home/MyRuns')).MyRuns,
    }),
  },
});

/** Golden paths in the browser: fields of their forms, and where they begin. @public */
export const goldenPathsPlugin = createFrontendPlugin({
  pluginId: 'golden-paths',
  title: 'Golden paths',
  icon: <RiRoadMapLine />,
  extensions: [
    api,
    componentName,
    owningGroup,
    entityOfKind,
    createHereCard,
    myRuns,
  ],
});
