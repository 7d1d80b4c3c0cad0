import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, repositoryOf, writerOf } from '../rest/http';
import { secretRoutes } from './actionsSecrets';
import { variableRoutes } from './actionsVariables';
import { workflowRoutes } from './workflows';

/**
 * GitHub Actions: workflows are the files that are there, secrets and variables
 * are kept, and nothing ever runs, so there is never a run to report.
 */
export function actionsRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo/actions';
  for (const scope of ['', 'environments/:environment/']) {
    const prefix = scope ? `/repos/:owner/:repo/${scope.slice(0, -1)}` : base;
    secretRoutes(context, router, prefix);
    variableRoutes(context, router, prefix);
  }
  workflowRoutes(context, router, base);

  for (const [path, field] of [
    ['runs', 'workflow_runs'],
    ['workflows/:id/runs', 'workflow_runs'],
    ['artifacts', 'artifacts'],
    ['caches', 'actions_caches'],
    ['runners', 'runners'],
  ]) {
    router.get(`${base}/${path}`, async (request, response) => {
      await repositoryOf(context, request, response);
      response.json({ total_count: 0, [field]: [] });
    });
  }

  for (const [path, collection, initial] of [
    [
      'permissions',
      'actionsPermissions',
      { enabled: true, allowed_actions: 'all' },
    ],
    ['permissions/access', 'actionsAccess', { access_level: 'none' }],
    [
      'permissions/workflow',
      'actionsWorkflowPermissions',
      {
        default_workflow_permissions: 'read',
        can_approve_pull_request_reviews: false,
      },
    ],
    ['oidc/customization/sub', 'oidcSubject', { use_default: true }],
  ] as const) {
    router.get(`${base}/${path}`, async (request, response) => {
      const repository = await repositoryOf(
        context,
        request,
        response,
        'admin',
      );
      response.json(
        context.state.get(collection, repository.full_name) ?? initial,
      );
    });
    router.put(`${base}/${path}`, async (request, response) => {
      const repository = await repositoryOf(
        context,
        request,
        response,
        'admin',
      );
      await context.state.put(
        collection,
        repository.full_name,
        { ...initial, ...bodyOf(request) },
        writerOf(response),
      );
      response.status(path.startsWith('oidc') ? 201 : 204);
      if (path.startsWith('oidc')) {
        response.json({});
      } else {
        response.end();
      }
    });
  }
  return router;
}
