import {
  coreServices,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { policyExtensionPoint } from '@backstage/plugin-permission-node/alpha';
import { clockServiceRef, readRoleGroups } from '@waymark/waymark-node';
import { RoleDirectory } from './RoleDirectory';
import { WaymarkPermissionPolicy } from './WaymarkPermissionPolicy';

/**
 * Who may do what in the portal.
 * @public
 */
export const permissionModuleWaymark = createBackendModule({
  pluginId: 'permission',
  moduleId: 'waymark',
  register(reg) {
    reg.registerInit({
      deps: {
        policy: policyExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clock: clockServiceRef,
        config: coreServices.rootConfig,
        logger: coreServices.logger,
      },
      async init({ policy, auth, catalog, clock, config, logger }) {
        const directory = RoleDirectory.create({
          auth,
          catalog,
          clock,
          logger,
          groups: readRoleGroups(config),
        });
        policy.setPolicy(
          WaymarkPermissionPolicy.create({
            rolesOf: userEntityRef => directory.rolesOf(userEntityRef),
            logger,
          }),
        );
      },
    });
  },
});
