import { createApiRef } from '@backstage/frontend-plugin-api';
import {
  LabAnswer,
  LabFilter,
  LabProofs,
  SimulationRequest,
} from '@waymark/scorecards-common';
import { PageQuery, ReadOptions } from '../../api/ScorecardsApi';

/** A scorecard as in its file. @public */
export type LabDefinition = SimulationRequest['definition'];

/**
 * Asks what a scorecard that is not in force would say. Each call throws a ResponseError when the backend refuses.
 * @public
 */
export interface LabApi {
  /** The file of a scorecard with its comments; undefined where it has none of its own. */
  readFile(name: string, options?: ReadOptions): Promise<string | undefined>;

  /** How every check would fare beside today, and a page of the entities of a filter. */
  ask(
    definition: LabDefinition,
    filter: LabFilter & PageQuery,
    options?: ReadOptions,
  ): Promise<LabAnswer>;

  /** Why each check would say what it would say of an entity. */
  prove(
    definition: LabDefinition,
    entityRef: string,
    options?: ReadOptions,
  ): Promise<LabProofs>;
}

/** @public */
export const labApiRef = createApiRef<LabApi>().with({
  id: 'plugin.scorecards.lab',
  pluginId: 'scorecards',
});
