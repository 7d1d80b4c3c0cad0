import { createApiRef } from '@backstage/frontend-plugin-api';
import { NameAvailability } from '@waymark/golden-paths-common';

/** What the forms of golden paths ask the portal. @public */
export interface GoldenPathsApi {
  /**
   * Whether a new component may have a name.
   *
   * @throws ResponseError when the name is not one at all, or when nobody can say
   */
  checkName(
    name: string,
    options?: { signal?: AbortSignal },
  ): Promise<NameAvailability>;
}

/** @public */
export const goldenPathsApiRef = createApiRef<GoldenPathsApi>().with({
  id: 'plugin.golden-paths.client',
  pluginId: 'golden-paths',
});
