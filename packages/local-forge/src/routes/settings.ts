import { Router } from 'express';
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

/** Smaller settings of a repository that the forge only keeps. */
export function settingsRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  addNumbered(context, router, {
    path: 'keys',
    collection: 'keys',
    build: (body, id, at, url) => {
      if (
        typeof body.key !== 'string' ||
        !/^(ssh|ecdsa|sk)-\S+ \S+/.test(body.key)
      ) {
        throw new GitHubApiError(
          422,
          'key is invalid. You must supply a key in OpenSSH public key format',
        );
      }
      return {
        id,
        key: body.key.trim().split(' ').slice(0, 2).join(' '),
        url: `${url}/keys/${id}`,
        title: body.title ?? '',
        verified: true,
        created_at: at,
        read_only: body.read_only === true,
      };
    },
    unique: 'key',
  });
  addNumbered(context, router, {
    path: 'autolinks',
    collection: 'autolinks',
    build: (body, id) => {
      if (
        typeof body.key_prefix !== 'string' ||
        !String(body.url_template).includes('<num>')
      ) {
        throw new GitHubApiError(
          422,
          'key_prefix and a url_template with <num> are required',
        );
      }
      return {
        id,
        key_prefix: body.key_prefix,
        url_template: body.url_template,
        is_alphanumeric: body.is_alphanumeric !== false,
      };
    },
    unique: 'key_prefix',
  });
  pagesRoutes(context, router);
  subscriptionRoutes(context, router);
  propertyRoutes(context, router);
  return router;
}

function addNumbered(
  context: ForgeContext,
  router: Router,
  options: {
    path: string;
    collection: string;
    build(body: Json, id: number, at: string, url: string): Json;
    unique: string;
  },
): void {
  const base = `/repos/:owner/:repo/${options.path}`;
  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const items = context.state
      .list<Json>(options.collection, `${repository.full_name}#`)
      .map(({ value }) => value);
    response.json(paginate(context, request, response, items));
  });
  router.post(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const writer = writerOf(response);
    const body = bodyOf(request);
    const id = await context.state.nextId(writer);
    const item = options.build(
      body,
      id,
      new Date().toISOString(),
      repository.url,
    );
    const present = context.state.list<Json>(
      options.collection,
      `${repository.full_name}#`,
    );
    if (
      present.some(
        ({ value }) => value[options.unique] === item[options.unique],
      )
    ) {
      throw new GitHubApiError(422, `${options.unique} is already in use`);
    }
    await context.state.put(
      options.collection,
      `${repository.full_name}#${id}`,
      item,
      writer,
    );
    response.status(201).json(item);
  });
  router.get(`${base}/:id`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const item = context.state.get<Json>(
      options.collection,
      `${repository.full_name}#${numberOf(request.params.id)}`,
    );
    if (!item) {
      throw notFound();
    }
    response.json(item);
  });
  router.delete(`${base}/:id`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const key = `${repository.full_name}#${numberOf(request.params.id)}`;
    if (!context.state.get(options.collection, key)) {
      throw notFound();
    }
    await context.state.remove(options.collection, key, writerOf(response));
    response.status(204).end();
  });
}

function pagesRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/pages';
  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const pages = context.state.get<Json>('pages', repository.full_name);
    if (!pages) {
      throw notFound();
    }
    response.json(pages);
  });
  router.post(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const body = bodyOf(request);
    if (context.state.get('pages', repository.full_name)) {
      throw new GitHubApiError(409, 'GitHub Pages is already enabled.');
    }
    const pages = {
      url: `${repository.url}/pages`,
      // The forge keeps the setting; it builds and serves no site.
      status: null,
      cname: null,
      custom_404: false,
      html_url: repository.html_url,
      build_type: body.build_type ?? 'legacy',
      source: body.source ?? { branch: repository.default_branch, path: '/' },
      public: !repository.private,
      https_enforced: false,
    };
    await context.state.put(
      'pages',
      repository.full_name,
      pages,
      writerOf(response),
    );
    response.status(201).json(pages);
  });
  router.delete(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    await context.state.remove(
      'pages',
      repository.full_name,
      writerOf(response),
    );
    response.status(204).end();
  });
}

function subscriptionRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/subscription';
  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const { actor } = writerOf(response);
    const found = context.state.get<Json>(
      'subscriptions',
      `${repository.full_name}#${actor}`,
    );
    if (!found) {
      throw notFound();
    }
    response.json(found);
  });
  router.put(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const writer = writerOf(response);
    const body = bodyOf(request);
    const subscription = {
      subscribed: body.subscribed !== false,
      ignored: body.ignored === true,
      reason: null,
      created_at: new Date().toISOString(),
      url: `${repository.url}/subscription`,
      repository_url: repository.url,
    };
    await context.state.put(
      'subscriptions',
      `${repository.full_name}#${writer.actor}`,
      subscription,
      writer,
    );
    response.json(subscription);
  });
}

function propertyRoutes(context: ForgeContext, router: Router): void {
  const base = '/repos/:owner/:repo/properties/values';
  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    response.json(
      Object.entries(repository.custom_properties ?? {}).map(
        ([name, value]) => ({ property_name: name, value }),
      ),
    );
  });
  router.patch(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const properties = bodyOf(request).properties ?? [];
    await context.repositories.update(
      repository,
      {
        custom_properties: Object.fromEntries(
          properties.map((item: Json) => [item.property_name, item.value]),
        ),
      },
      writerOf(response),
    );
    response.status(204).end();
  });
}
