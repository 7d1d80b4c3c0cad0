import {
  ApiBlueprint,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/frontend-plugin-api';
import { operateApiRef } from './api/OperateApi';
import { OperateClient } from './api/OperateClient';

export const operateApi = ApiBlueprint.make({
  params: defineParams =>
    defineParams({
      api: operateApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => OperateClient.create(deps),
    }),
});
