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

/** Deployments that were reported. */
export function deploymentRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
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
