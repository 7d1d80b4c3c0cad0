import {
  ApiBlueprint,
  createFrontendModule,
  createRouteRef,
  discoveryApiRef,
  fetchApiRef,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { RiFileWarningLine } from '@remixicon/react';
import { problemsApiRef } from './ProblemsApi';
import { ProblemsClient } from './ProblemsClient';

const api = ApiBlueprint.make({
  name: 'waymark-problems',
  params: defineParams =>
    defineParams({
      api: problemsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => ProblemsClient.create(deps),
    }),
});

// Only a page with a route is offered to the navigation.
const routeRef = createRouteRef();

const page = PageBlueprint.make({
  name: 'problems',
  params: {
    path: '/catalog-problems',
    routeRef,
    title: 'Problems',
    icon: <RiFileWarningLine />,
    loader: async () => {
      const { ProblemsPage } = await import('./components/ProblemsPage');
      return <ProblemsPage />;
    },
  },
});

/** The page of the files and entities that the catalog could not take in, and why. */
export const problemsModule = createFrontendModule({
  pluginId: 'catalog',
  extensions: [api, page],
});
