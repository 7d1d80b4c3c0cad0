import {
  HttpAuthService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import {
  componentNameSchema,
  NameAvailability,
} from '@waymark/golden-paths-common';
import express from 'express';
import Router from 'express-promise-router';
import { checkedName } from '../actions/checkedName';
import { Forge } from '../forge/Forge';
import { NameRegistry } from '../publish/NameRegistry';

/**
 * `GET /golden-paths/names/:name`: whether a new component may have the name, for whoever may run templates. Only the configured
 * organisation is asked, so that nobody can probe what else the portal's credentials see.
 */
export function createRouter(options: {
  forge: Forge;
  names: NameRegistry;
  /** `<host>?owner=<organisation>` */
  organisation: { host: string; owner: string };
  httpAuth: HttpAuthService;
  permissions: PermissionsService;
  logger: LoggerService;
}): express.Router {
  const { forge, names, organisation, httpAuth, permissions, logger } = options;
  const router = Router();

  router.get('/golden-paths/names/:name', async (request, response) => {
    const credentials = await httpAuth.credentials(request, {
      allow: ['user', 'service'],
    });
    const [decision] = await permissions.authorize(
      [{ permission: taskCreatePermission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw new NotAllowedError('Names are for whoever may run templates');
    }
    const name = checkedName(componentNameSchema, request.params.name);
    const { host, owner } = organisation;
    const connection = await forge.connect(
      `${host}?owner=${owner}&repo=${name}`,
      logger,
    );
    const reasons = await names.reasonsAgainst({
      name,
      connection,
      credentials,
    });
    const answer: NameAvailability = {
      name,
      available: reasons.length === 0,
      reasons,
    };
    response.json(answer);
  });

  return router;
}
