import { Router } from 'express';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, paginate, writerOf } from '../rest/http';
import { Json } from '../social/types';
import { checkName, scopeOf } from './actionsScope';

/** Variables of a repository or an environment. */
export function variableRoutes(
  context: ForgeContext,
  router: Router,
  prefix: string,
): void {
  const one = `${prefix}/variables/:name`;
  const keyOf = (scope: string, name: string) =>
    `${scope}#variable#${name.toUpperCase()}`;

  router.get(`${prefix}/variables`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const variables = context.state
      .list<Json>('variables', `${scope}#variable#`)
      .map(({ value }) => value);
    response.json({
      total_count: variables.length,
      variables: paginate(context, request, response, variables),
    });
  });

  router.post(`${prefix}/variables`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const body = bodyOf(request);
    const name = checkName(body.name);
    if (context.state.get('variables', keyOf(scope, name))) {
      throw new GitHubApiError(409, 'Already exists - Variable already exists');
    }
    const at = new Date().toISOString();
    await context.state.put(
      'variables',
      keyOf(scope, name),
      {
        name: name.toUpperCase(),
        value: String(body.value ?? ''),
        created_at: at,
        updated_at: at,
      },
      writerOf(response),
    );
    response.status(201).json({});
  });

  router.get(one, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const variable = context.state.get(
      'variables',
      keyOf(scope, request.params.name),
    );
    if (!variable) {
      throw notFound();
    }
    response.json(variable);
  });

  router.patch(one, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const body = bodyOf(request);
    const key = keyOf(scope, request.params.name);
    const present = context.state.get<Json>('variables', key);
    if (!present) {
      throw notFound();
    }
    await context.state.put(
      'variables',
      key,
      {
        ...present,
        value: String(body.value ?? present.value),
        updated_at: new Date().toISOString(),
      },
      writerOf(response),
    );
    response.status(204).end();
  });

  router.delete(one, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const key = keyOf(scope, request.params.name);
    if (!context.state.get('variables', key)) {
      throw notFound();
    }
    await context.state.remove('variables', key, writerOf(response));
    response.status(204).end();
  });
}
