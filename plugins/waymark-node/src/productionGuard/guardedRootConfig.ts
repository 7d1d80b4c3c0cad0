import {
  coreServices,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import { CustomErrorBase } from '@backstage/errors';
import { EnvironmentConfigSource } from './EnvironmentConfigSource';
import {
  describeProductionFindings,
  inspectProductionConfig,
} from './inspectProductionConfig';

/**
 * The configuration is not fit for production. Its message is the whole list of findings.
 * @public
 */
export class UnfitForProductionError extends CustomErrorBase {
  name = 'UnfitForProductionError' as const;
}

/**
 * Refuses a configuration that holds a development default when `nodeEnv` is `production`.
 *
 * @throws {@link UnfitForProductionError} naming every setting that is not fit, and what to do about it.
 * @public
 */
export function assertFitForProduction(
  config: Config,
  nodeEnv: string | undefined,
): void {
  if (nodeEnv !== 'production') {
    return;
  }
  const findings = inspectProductionConfig(config);
  if (findings.length > 0) {
    throw new UnfitForProductionError(describeProductionFindings(findings));
  }
}

/**
 * The root configuration of a Waymark backend: Backstage's own sources, completed by what follows from the environment
 * variables that are set, and guarded in production.
 *
 * @remarks
 *
 * The guard sits here because nothing can start without the configuration: not the logger, not the HTTP server, and no
 * plugin. Development never runs it, so a start in production is the only one it can stop.
 *
 * @public
 */
export const guardedRootConfigServiceFactory = createServiceFactory({
  service: coreServices.rootConfig,
  deps: {},
  async factory() {
    const source = EnvironmentConfigSource.on(ConfigSources.default({}));
    const config = await ConfigSources.toConfig(source);
    assertFitForProduction(config, process.env.NODE_ENV);
    return config;
  },
});
