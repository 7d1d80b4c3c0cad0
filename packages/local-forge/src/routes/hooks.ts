import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import {
  bodyOf,
  numberOf,
  paginate,
  repositoryOf,
  writerOf,
} from '../rest/http';
import { Json } from '../social/types';
import { StoredHook } from '../webhooks/WebhookDispatcher';

const SECRET_MASK = '********';

/** Webhooks of repositories and organisations. */
export function hookRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  for (const kind of ['repository', 'organization'] as const) {
    addHookRoutes(context, router, kind);
  }
  return router;
}

function addHookRoutes(
  context: ForgeContext,
  router: Router,
  kind: 'repository' | 'organization',
): void {
  const base =
    kind === 'repository' ? '/repos/:owner/:repo/hooks' : '/orgs/:org/hooks';
  const scopeOf = async (request: Request, response: Response) => {
    if (kind === 'repository') {
      const repository = await repositoryOf(
        context,
        request,
        response,
        'admin',
      );
      return { scope: repository.full_name, url: repository.url };
    }
    const { org } = request.params;
    const role = await context.access.orgRole(org, writerOf(response).actor);
    if (role !== 'admin') {
      throw notFound();
    }
    return { scope: `org:${org}`, url: `${context.baseUrl}/orgs/${org}` };
  };
  const hookOf = async (request: Request, response: Response) => {
    const { scope, url } = await scopeOf(request, response);
    const hook = context.state.get<StoredHook>(
      'hooks',
      `${scope}#${numberOf(request.params.id)}`,
    );
    if (!hook) {
      throw notFound();
    }
    return { hook, url };
  };
  const store = async (hook: StoredHook, response: Response) =>
    await context.state.put(
      'hooks',
      `${hook.scope}#${hook.id}`,
      hook,
      writerOf(response),
    );
  const ping = (hook: StoredHook, url: string) =>
    context.webhooks.ping(hook, {
      zen: 'Keep it logically awesome.',
      hook_id: hook.id,
      hook: format(hook, url, kind),
    });

  router.get(base, async (request, response) => {
    const { scope, url } = await scopeOf(request, response);
    const hooks = context.state
      .list<StoredHook>('hooks', `${scope}#`)
      .map(({ value }) => format(value, url, kind));
    response.json(paginate(context, request, response, hooks));
  });

  router.post(base, async (request, response) => {
    const { scope, url } = await scopeOf(request, response);
    const body = bodyOf(request);
    const config = parseConfig(body.config);
    const existing = context.state.list<StoredHook>('hooks', `${scope}#`);
    if (existing.some(({ value }) => value.config.url === config.url)) {
      throw new GitHubApiError(422, 'Validation Failed', [
        {
          resource: 'Hook',
          field: 'url',
          code: 'custom',
          message: 'Hook already exists on this repository',
        },
      ]);
    }
    const at = new Date().toISOString();
    const hook: StoredHook = {
      id: await context.state.nextId(writerOf(response)),
      scope,
      name: 'web',
      active: body.active !== false,
      events: parseEvents(body.events ?? ['push']),
      config,
      created_at: at,
      updated_at: at,
    };
    await store(hook, response);
    ping(hook, url);
    response.status(201).json(format(hook, url, kind));
  });

  router.get(`${base}/:id`, async (request, response) => {
    const { hook, url } = await hookOf(request, response);
    response.json(format(hook, url, kind));
  });

  router.patch(`${base}/:id`, async (request, response) => {
    const { hook, url } = await hookOf(request, response);
    const body = bodyOf(request);
    const changed: StoredHook = {
      ...hook,
      active: body.active ?? hook.active,
      events: body.events ? parseEvents(body.events) : hook.events,
      config: body.config
        ? parseConfig({ ...hook.config, ...body.config })
        : hook.config,
      updated_at: new Date().toISOString(),
    };
    await store(changed, response);
    response.json(format(changed, url, kind));
  });

  router.delete(`${base}/:id`, async (request, response) => {
    const { hook } = await hookOf(request, response);
    await context.state.remove(
      'hooks',
      `${hook.scope}#${hook.id}`,
      writerOf(response),
    );
    response.status(204).end();
  });

  router.post(`${base}/:id/pings`, async (request, response) => {
    const { hook, url } = await hookOf(request, response);
    ping(hook, url);
    response.status(204).end();
  });

  router.get(`${base}/:id/deliveries`, async (request, response) => {
    const { hook } = await hookOf(request, response);
    const deliveries = context.webhooks
      .deliveries(hook.id)
      .map(({ payload: _payload, ...delivery }) => ({
        id: delivery.id,
        guid: delivery.id,
        delivered_at: delivery.deliveredAt ?? delivery.createdAt,
        redelivery: delivery.attempts > 1,
        status: delivery.error ?? delivery.status,
        status_code: delivery.statusCode ?? 0,
        event: delivery.event,
        action: delivery.action ?? null,
      }));
    response.json(paginate(context, request, response, deliveries));
  });
}

function format(hook: StoredHook, url: string, kind: string): Json {
  const self = `${url}/hooks/${hook.id}`;
  const { secret, ...config } = hook.config;
  return {
    type: kind === 'repository' ? 'Repository' : 'Organization',
    id: hook.id,
    name: hook.name,
    active: hook.active,
    events: hook.events,
    config: secret ? { ...config, secret: SECRET_MASK } : config,
    created_at: hook.created_at,
    updated_at: hook.updated_at,
    url: self,
    ping_url: `${self}/pings`,
    test_url: `${self}/tests`,
    deliveries_url: `${self}/deliveries`,
    last_response: { code: null, status: 'unused', message: null },
  };
}

function parseConfig(value: Json | undefined): StoredHook['config'] {
  const url = value?.url;
  if (typeof url !== 'string' || !/^https?:\/\//.test(url)) {
    throw new GitHubApiError(422, 'Validation Failed', [
      { resource: 'Hook', field: 'url', code: 'missing_field' },
    ]);
  }
  return {
    url,
    content_type: String(value?.content_type ?? 'form'),
    insecure_ssl: String(value?.insecure_ssl ?? '0'),
    ...(value?.secret ? { secret: String(value.secret) } : {}),
  };
}

function parseEvents(value: unknown): string[] {
  if (!Array.isArray(value) || value.some(event => typeof event !== 'string')) {
    throw new GitHubApiError(422, 'events must be a list of names');
  }
  return value;
}
