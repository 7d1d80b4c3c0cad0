import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { nodeId } from '../rest/formatCommit';
import {
  bodyOf,
  numberOf,
  paginate,
  queryOf,
  repositoryOf,
  writerOf,
} from '../rest/http';
import { Json, RestRepository } from '../social/types';

const STATES = [
  'error',
  'failure',
  'inactive',
  'in_progress',
  'queued',
  'pending',
  'success',
];

/** Environments with their branch policies, and deployments that were reported. */
export function deploymentRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  environmentRoutes(context, router);
  const base = '/repos/:owner/:repo/deployments';

  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const filters = ['sha', 'ref', 'task', 'environment'] as const;
    const found = context.state
      .list<Json>('deployments', `${repository.full_name}#`)
      .map(({ value }) => value)
      .filter(deployment =>
        filters.every(name => {
          const wanted = queryOf(request, name);
          return wanted === undefined || deployment[name] === wanted;
        }),
      )
      .reverse();
    response.json(paginate(context, request, response, found));
  });

  router.post(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const writer = writerOf(response);
    const body = bodyOf(request);
    const reader = await context.repositories.reader(repository);
    const sha =
      typeof body.ref === 'string' ? await reader.resolve(body.ref) : undefined;
    if (!sha) {
      throw new GitHubApiError(422, `No ref found for: ${body.ref}`);
    }
    const id = await context.state.nextId(writer);
    const at = new Date().toISOString();
    const url = `${repository.url}/deployments/${id}`;
    const deployment = {
      url,
      id,
      node_id: nodeId('Deployment', id),
      sha,
      ref: body.ref,
      task: body.task ?? 'deploy',
      payload: body.payload ?? {},
      original_environment: body.environment ?? 'production',
      environment: body.environment ?? 'production',
      description: body.description ?? null,
      creator: await context.people.brief(writer.actor),
      created_at: at,
      updated_at: at,
      statuses_url: `${url}/statuses`,
      repository_url: repository.url,
      transient_environment: body.transient_environment === true,
      production_environment:
        body.production_environment ??
        (body.environment ?? 'production') === 'production',
    };
    await context.state.put(
      'deployments',
      `${repository.full_name}#${id}`,
      deployment,
      writer,
    );
    await context.events.inRepository(
      'deployment',
      repository,
      { action: 'created', deployment },
      writer,
    );
    response.status(201).json(deployment);
  });

  const find = (repository: RestRepository, id: string): Json => {
    const deployment = context.state.get<Json>(
      'deployments',
      `${repository.full_name}#${numberOf(id)}`,
    );
    if (!deployment) {
      throw notFound();
    }
    return deployment;
  };

  router.get(`${base}/:id`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    response.json(find(repository, request.params.id));
  });

  router.get(`${base}/:id/statuses`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const deployment = find(repository, request.params.id);
    const statuses = context.state
      .list<Json>(
        'deploymentStatuses',
        `${repository.full_name}#${deployment.id}#`,
      )
      .map(({ value }) => value)
      .reverse();
    response.json(paginate(context, request, response, statuses));
  });

  router.post(`${base}/:id/statuses`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const deployment = find(repository, request.params.id);
    const writer = writerOf(response);
    const body = bodyOf(request);
    if (!STATES.includes(body.state)) {
      throw new GitHubApiError(422, 'state is missing or not valid');
    }
    const id = await context.state.nextId(writer);
    const at = new Date().toISOString();
    const status = {
      url: `${deployment.url}/statuses/${id}`,
      id,
      node_id: nodeId('DeploymentStatus', id),
      state: body.state,
      creator: await context.people.brief(writer.actor),
      description: body.description ?? '',
      environment: body.environment ?? deployment.environment,
      target_url: body.target_url ?? '',
      log_url: body.log_url ?? '',
      environment_url: body.environment_url ?? '',
      created_at: at,
      updated_at: at,
      deployment_url: deployment.url,
      repository_url: repository.url,
    };
    await context.state.put(
      'deploymentStatuses',
      `${repository.full_name}#${deployment.id}#${id}`,
      status,
      writer,
    );
    await context.events.inRepository(
      'deployment_status',
      repository,
      { action: 'created', deployment_status: status, deployment },
      writer,
    );
    response.status(201).json(status);
  });
  return router;
}

function environmentRoutes(context: ForgeContext, router: Router): void {
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
