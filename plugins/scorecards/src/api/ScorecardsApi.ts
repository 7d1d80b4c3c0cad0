import { createApiRef } from '@backstage/frontend-plugin-api';
import { DefinitionStatus } from '@waymark/scorecards-common';

/** Reads what the pages of scorecards show. @public */
export interface ScorecardsApi {
  /**
   * Whether a Scorecard or FactSource is in force, and what is wrong with it; undefined where the engine has not seen it
   * yet.
   *
   * @param entityRef - full entity reference of the definition
   * @throws ResponseError when the backend refuses
   */
  getDefinitionStatus(
    entityRef: string,
    options?: { signal?: AbortSignal },
  ): Promise<DefinitionStatus | undefined>;
}

/** @public */
export const scorecardsApiRef = createApiRef<ScorecardsApi>().with({
  id: 'plugin.scorecards.client',
  pluginId: 'scorecards',
});
