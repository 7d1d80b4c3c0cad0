import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, paginate, repositoryOf, writerOf } from '../rest/http';
import { Json, RestRepository } from '../social/types';

/** Repository rulesets: kept and listed; only classic protection is enforced. */
export function rulesetRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo/rulesets';
  const key = (repository: RestRepository, id: number | string) =>
    `${repository.full_name}#${id}`;

  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const rulesets = context.state
      .list<Json>('rulesets', `${repository.full_name}#`)
      .map(({ value: { rules: _rules, conditions: _c, ...brief } }) => brief);
    response.json(paginate(context, request, response, rulesets));
  });
  router.get(`${base}/:id`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const ruleset = context.state.get<Json>(
      'rulesets',
      key(repository, request.params.id),
    );
    if (!ruleset) {
      throw new GitHubApiError(404, 'Not Found');
    }
    response.json(ruleset);
  });
  router.post(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const body = bodyOf(request);
    if (typeof body.name !== 'string' || !body.enforcement) {
      throw new GitHubApiError(422, 'name and enforcement are required');
    }
    const writer = writerOf(response);
    const id = await context.state.nextId(writer);
    const at = new Date().toISOString();
    const ruleset = {
      id,
      name: body.name,
      target: body.target ?? 'branch',
      source_type: 'Repository',
      source: repository.full_name,
      enforcement: body.enforcement,
      bypass_actors: body.bypass_actors ?? [],
      conditions: body.conditions ?? {},
      rules: body.rules ?? [],
      created_at: at,
      updated_at: at,
    };
    await context.state.put('rulesets', key(repository, id), ruleset, writer);
    response.status(201).json(ruleset);
  });
  router.delete(`${base}/:id`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const { id } = request.params;
    if (!context.state.get('rulesets', key(repository, id))) {
      throw new GitHubApiError(404, 'Not Found');
    }
    await context.state.remove(
      'rulesets',
      key(repository, id),
      writerOf(response),
    );
    response.status(204).end();
  });
  router.get(
    '/repos/:owner/:repo/rules/branches/:branch(*)',
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const rules = context.state
        .list<Json>('rulesets', `${repository.full_name}#`)
        .filter(({ value }) => value.enforcement === 'active')
        .filter(({ value }) =>
          appliesTo(value, repository, request.params.branch),
        )
        .flatMap(({ value }) =>
          value.rules.map((rule: Json) => ({
            ...rule,
            ruleset_source_type: 'Repository',
            ruleset_source: repository.full_name,
            ruleset_id: value.id,
          })),
        );
      response.json(paginate(context, request, response, rules));
    },
  );
  return router;
}

function appliesTo(
  ruleset: Json,
  repository: RestRepository,
  branch: string,
): boolean {
  const include: string[] = ruleset.conditions?.ref_name?.include ?? [];
  return include.some(
    pattern =>
      pattern === '~ALL' ||
      (pattern === '~DEFAULT_BRANCH' && branch === repository.default_branch) ||
      pattern === `refs/heads/${branch}`,
  );
}
