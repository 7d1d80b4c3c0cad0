import { createApiRef } from '@backstage/frontend-plugin-api';
import { OperateAnswer } from '@waymark/operate-common';

/** Reads what the Operate card shows. @public */
export interface OperateApi {
  /**
   * @param entityRef - full entity reference
   * @throws ResponseError when the backend refuses, for instance because the entity may not be read
   */
  getOperate(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<OperateAnswer>;
}

/** @public */
export const operateApiRef = createApiRef<OperateApi>().with({
  id: 'plugin.operate.client',
  pluginId: 'operate',
});
