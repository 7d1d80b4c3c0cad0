import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { labApiRef } from './LabApi';
import { LabClient } from './LabClient';

export const labApi = ApiBlueprint.make({
  name: 'lab',
  params: defineParams =>
    defineParams({
      api: labApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => LabClient.create(deps),
    }),
});
