import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import {
  authOwnershipResolutionExtensionPoint,
  authProvidersExtensionPoint,
} from '@backstage/plugin-auth-node';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { clockServiceRef } from '@waymark/waymark-node';
import { CatalogReadiness } from './catalog/CatalogReadiness';
import { GroupTreeOwnershipResolver } from './ownership/GroupTreeOwnershipResolver';
import { createPersonasProviderFactory } from './personas/createPersonasProviderFactory';
import { createPersonasRouter } from './personas/createPersonasRouter';
import { readPersonas } from './personas/readPersonas';
import { registerSignInProviders } from './providers/registerSignInProviders';
import { SignInRefusals } from './refusal/SignInRefusals';

/**
 * Sign-in of the portal: personas for development; OIDC, Okta, Microsoft and GitHub for production, matched to users of
 * the catalog, with a refusal that says what to do.
 * @public
 */
export const authModuleWaymark = createBackendModule({
  pluginId: 'auth',
  moduleId: 'waymark',
  register(reg) {
    reg.registerInit({
      deps: {
        providers: authProvidersExtensionPoint,
        ownership: authOwnershipResolutionExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
      },
      async init({
        providers,
        ownership,
        auth,
        catalog,
        clock,
        config,
        httpRouter,
        logger,
      }) {
        ownership.setAuthOwnershipResolver(
          GroupTreeOwnershipResolver.create({ auth, catalog, logger }),
        );
        const readiness = CatalogReadiness.create({ auth, catalog, clock });
        registerSignInProviders({
          providers,
          refusals: SignInRefusals.fromConfig(config, { logger, readiness }),
        });

        if (config.has('auth.providers.personas')) {
          const personas = readPersonas(config);
          providers.registerProvider({
            providerId: 'personas',
            factory: createPersonasProviderFactory({ personas, readiness }),
          });
          httpRouter.use(createPersonasRouter({ personas }));
        }
      },
    });
  },
});
