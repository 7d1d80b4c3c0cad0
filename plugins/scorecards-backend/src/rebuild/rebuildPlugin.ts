import {
  BackendFeature,
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { clockServiceRef } from '@waymark/waymark-node';
import {
  ProjectionName,
  projections,
  ProjectionReport,
  RebuildOptions,
} from '.';
import { openDatabase } from '../database/openDatabase';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { LocalEvaluator } from '../results/evaluation/Evaluator';

/** @see rebuildPlugin */
export interface RebuildPluginOptions extends RebuildOptions {
  /** Names of the projections; all when empty. */
  only: readonly ProjectionName[];
  /** Told of each projection when it is done. */
  onReport: (report: ProjectionReport) => void;
}

/**
 * Rebuilds the projections of scorecards while a backend starts that has nothing else in it. Once it has started, that is
 * done. A portal may go on meanwhile where the database is PostgreSQL.
 *
 * @public
 */
export function rebuildPlugin(options: RebuildPluginOptions): BackendFeature {
  const { only, isRepairing, onReport } = options;
  return createBackendPlugin({
    pluginId: 'scorecards',
    register: env =>
      env.registerInit({
        deps: {
          clock: clockServiceRef,
          database: coreServices.database,
          logger: coreServices.logger,
        },
        async init({ clock, database, logger }) {
          const knex = await openDatabase(database);
          const all = projections({
            ...{ knex, clock, logger },
            definitions: DefinitionStore.of(knex),
            evaluator: LocalEvaluator.create(),
          });
          for (const projection of all) {
            if (only.length === 0 || only.includes(projection.name)) {
              onReport(await projection.rebuild({ isRepairing }));
            }
          }
        },
      }),
  });
}
