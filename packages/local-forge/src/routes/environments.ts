import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { nodeId } from '../rest/formatCommit';
import { bodyOf, paginate, repositoryOf, writerOf } from '../rest/http';
import { Json, RestRepository } from '../social/types';

/** Environments with their branch policies. */
export function environmentRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo/environments';
  const keyOf = (repository: RestRepository, name: string) =>
    `${repository.full_name}#${name}`;

  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const environments = context.state
      .list<Json>('environments', `${repository.full_name}#`)
      .map(({ value }) => value);
    response.json({
      total_count: environments.length,
      environments: paginate(context, request, response, environments),
    });
  });

  router.get(`${base}/:environment`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const environment = context.state.get(
      'environments',
      keyOf(repository, request.params.environment),
    );
    if (!environment) {
      throw notFound();
    }
    response.json(environment);
  });

  router.put(`${base}/:environment`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const writer = writerOf(response);
    const key = keyOf(repository, request.params.environment);
    const present = context.state.get<Json>('environments', key);
    const environment = formatEnvironment(repository, {
      id: present?.id ?? (await context.state.nextId(writer)),
      name: request.params.environment,
      body: bodyOf(request),
      createdAt: present?.created_at,
    });
    await context.state.put('environments', key, environment, writer);
    response.json(environment);
  });

  router.delete(`${base}/:environment`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const key = keyOf(repository, request.params.environment);
    if (!context.state.get('environments', key)) {
      throw notFound();
    }
    await context.state.remove('environments', key, writerOf(response));
    response.status(204).end();
  });

  const policies = `${base}/:environment/deployment-branch-policies`;
  router.get(policies, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const found = context.state
      .list<Json>(
        'branchPolicies',
        `${keyOf(repository, request.params.environment)}#`,
      )
      .map(({ value }) => value);
    response.json({ total_count: found.length, branch_policies: found });
  });
  router.post(policies, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const writer = writerOf(response);
    const key = keyOf(repository, request.params.environment);
    const body = bodyOf(request);
    const environment = context.state.get<Json>('environments', key);
    if (!environment?.deployment_branch_policy?.custom_branch_policies) {
      throw notFound();
    }
    if (typeof body.name !== 'string' || !body.name) {
      throw new GitHubApiError(422, 'name is required');
    }
    const id = await context.state.nextId(writer);
    const policy = {
      id,
      node_id: nodeId('GateBranchPolicy', id),
      name: body.name,
      type: body.type ?? 'branch',
    };
    await context.state.put('branchPolicies', `${key}#${id}`, policy, writer);
    response.json(policy);
  });
  return router;
}

/** GitHub's environment; `body` is that of its "create or update" request. */
export function formatEnvironment(
  repository: RestRepository,
  options: {
    id: number;
    name: string;
    body: Json;
    createdAt?: string;
    at?: Date;
  },
): Json {
  const { id, name, body } = options;
  const at = (options.at ?? new Date()).toISOString();
  const rules: Json[] = [];
  const rule = (type: string, more: Json) =>
    rules.push({
      id: id * 10 + rules.length,
      node_id: nodeId('Gate', id),
      type,
      ...more,
    });
  if (body.wait_timer) {
    rule('wait_timer', { wait_timer: body.wait_timer });
  }
  if (body.reviewers?.length > 0) {
    rule('required_reviewers', {
      prevent_self_review: body.prevent_self_review === true,
      reviewers: body.reviewers.map((reviewer: Json) => ({
        type: reviewer.type,
        reviewer: { id: reviewer.id },
      })),
    });
  }
  if (body.deployment_branch_policy) {
    rule('branch_policy', {});
  }
  return {
    id,
    node_id: nodeId('Environment', id),
    name,
    url: `${repository.url}/environments/${encodeURIComponent(name)}`,
    html_url: `${repository.html_url}/deployments/${encodeURIComponent(name)}`,
    created_at: options.createdAt ?? at,
    updated_at: at,
    protection_rules: rules,
    deployment_branch_policy: body.deployment_branch_policy ?? null,
  };
}
