import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { exemptionsApiRef } from './ExemptionsApi';
import { ExemptionsClient } from './ExemptionsClient';

export const exemptionsApi = ApiBlueprint.make({
  name: 'exemptions',
  params: defineParams =>
    defineParams({
      api: exemptionsApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => ExemptionsClient.create(deps),
    }),
});
