import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import sodium from 'libsodium-wrappers';
import { parseDocument } from 'yaml';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { encodePath, nodeId } from '../rest/formatCommit';
import { bodyOf, paginate, repositoryOf, writerOf } from '../rest/http';
import { Json, RestRepository } from '../social/types';

const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

interface KeyPair {
  key_id: string;
  publicKey: string;
}

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

/** The key of a scope: the repository, or one of its environments. */
async function scopeOf(
  context: ForgeContext,
  request: Request,
  response: Response,
): Promise<{ repository: RestRepository; scope: string }> {
  const repository = await repositoryOf(context, request, response, 'push');
  const { environment } = request.params;
  if (environment === undefined) {
    return { repository, scope: repository.full_name };
  }
  const key = `${repository.full_name}#${environment}`;
  if (!context.state.get('environments', key)) {
    throw notFound();
  }
  return { repository, scope: key };
}

function secretRoutes(
  context: ForgeContext,
  router: Router,
  prefix: string,
): void {
  router.get(`${prefix}/secrets/public-key`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const pair = await publicKeyOf(context, scope, response);
    response.json({ key_id: pair.key_id, key: pair.publicKey });
  });

  router.get(`${prefix}/secrets`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const secrets = context.state
      .list<Json>('secrets', `${scope}#secret#`)
      .map(({ value }) => withoutValue(value));
    response.json({
      total_count: secrets.length,
      secrets: paginate(context, request, response, secrets),
    });
  });

  router.get(`${prefix}/secrets/:name`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const secret = context.state.get<Json>(
      'secrets',
      `${scope}#secret#${request.params.name}`,
    );
    if (!secret) {
      throw notFound();
    }
    response.json(withoutValue(secret));
  });

  router.put(`${prefix}/secrets/:name`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const writer = writerOf(response);
    const body = bodyOf(request);
    const name = checkName(request.params.name);
    const pair = await publicKeyOf(context, scope, response);
    if (
      typeof body.encrypted_value !== 'string' ||
      body.key_id !== pair.key_id
    ) {
      throw new GitHubApiError(
        422,
        'encrypted_value and the key_id of the present public key are required',
      );
    }
    const key = `${scope}#secret#${name}`;
    const present = context.state.get<Json>('secrets', key);
    const at = new Date().toISOString();
    await context.state.put(
      'secrets',
      key,
      {
        name,
        created_at: present?.created_at ?? at,
        updated_at: at,
        // Sealed to a key whose private half is thrown away at once: the forge
        // runs nothing that could need the secret, so nobody may read it.
        sealed: body.encrypted_value.length,
      },
      writer,
    );
    response.status(present ? 204 : 201);
    if (present) {
      response.end();
    } else {
      response.json({});
    }
  });

  router.delete(`${prefix}/secrets/:name`, async (request, response) => {
    const { scope } = await scopeOf(context, request, response);
    const key = `${scope}#secret#${request.params.name}`;
    if (!context.state.get('secrets', key)) {
      throw notFound();
    }
    await context.state.remove('secrets', key, writerOf(response));
    response.status(204).end();
  });
}

async function publicKeyOf(
  context: ForgeContext,
  scope: string,
  response: Response,
): Promise<KeyPair> {
  await sodium.ready;
  const writer = writerOf(response);
  const pair = await context.state.update<KeyPair>(
    'publicKeys',
    scope,
    present => {
      if (present) {
        return present;
      }
      const made = sodium.crypto_box_keypair();
      const publicKey = sodium.to_base64(
        made.publicKey,
        sodium.base64_variants.ORIGINAL,
      );
      return {
        publicKey,
        key_id: sodium.to_hex(sodium.randombytes_buf(10)),
      };
    },
    writer,
  );
  return pair!;
}

function variableRoutes(
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

function workflowRoutes(
  context: ForgeContext,
  router: Router,
  base: string,
): void {
  router.get(`${base}/workflows`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const workflows = await listWorkflows(
      context,
      repository,
      repository.default_branch,
    );
    response.json({
      total_count: workflows.length,
      workflows: paginate(context, request, response, workflows),
    });
  });

  router.get(`${base}/workflows/:id`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    response.json(
      await workflowOf(
        context,
        repository,
        request.params.id,
        repository.default_branch,
      ),
    );
  });

  router.post(`${base}/workflows/:id/dispatches`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'push');
    const { ref } = bodyOf(request);
    if (typeof ref !== 'string' || !ref) {
      throw new GitHubApiError(
        422,
        'Invalid request.\n\n"ref" wasn\'t supplied.',
      );
    }
    const reader = await context.repositories.reader(repository);
    if (!(await reader.resolve(ref))) {
      throw new GitHubApiError(422, `No ref found for: ${ref}`);
    }
    const workflow = await workflowOf(
      context,
      repository,
      request.params.id,
      ref,
    );
    const file = await reader.file(ref, workflow.path);
    if (
      !triggersOf(file?.content.toString('utf8') ?? '').has('workflow_dispatch')
    ) {
      throw new GitHubApiError(
        422,
        "Workflow does not have 'workflow_dispatch' trigger",
      );
    }
    const writer = writerOf(response);
    await context.events.inRepository(
      'workflow_dispatch',
      repository,
      { inputs: bodyOf(request).inputs ?? {}, ref, workflow: workflow.path },
      writer,
    );
    response.status(204).end();
  });
}

async function workflowOf(
  context: ForgeContext,
  repository: RestRepository,
  id: string,
  ref: string,
): Promise<Json> {
  const workflows = await listWorkflows(context, repository, ref);
  const workflow = workflows.find(
    candidate =>
      String(candidate.id) === id ||
      candidate.path === id ||
      candidate.path === `.github/workflows/${id}`,
  );
  if (!workflow) {
    throw notFound();
  }
  return workflow;
}

async function listWorkflows(
  context: ForgeContext,
  repository: RestRepository,
  ref: string,
): Promise<Json[]> {
  const reader = await context.repositories.reader(repository);
  const commit = await reader.resolve(ref);
  const folder = commit
    ? await reader.entry(commit, '.github/workflows')
    : undefined;
  if (!commit || folder?.type !== 'tree') {
    return [];
  }
  const entries = await reader.tree(commit, '.github/workflows');
  const workflows: Json[] = [];
  for (const entry of entries) {
    if (entry.type === 'blob' && /\.ya?ml$/.test(entry.name)) {
      const text = (await reader.blob(entry.sha)).toString('utf8');
      const id = stableNumber(`${repository.id}:${entry.path}`);
      const url = `${repository.url}/actions/workflows/${id}`;
      workflows.push({
        id,
        node_id: nodeId('Workflow', id),
        name: nameOf(text) ?? entry.path,
        path: entry.path,
        state: 'active',
        created_at: repository.created_at,
        updated_at: repository.updated_at,
        url,
        html_url: `${repository.html_url}/blob/${ref}/${encodePath(
          entry.path,
        )}`,
        badge_url: `${repository.html_url}/workflows/${entry.name}/badge.svg`,
      });
    }
  }
  return workflows;
}

function workflowDocument(text: string): Json {
  const value = parseDocument(text).toJS();
  return value && typeof value === 'object' ? value : {};
}

function nameOf(text: string): string | undefined {
  const { name } = workflowDocument(text);
  return typeof name === 'string' ? name : undefined;
}

/** Names of the events that start a workflow. */
export function triggersOf(text: string): Set<string> {
  const { on } = workflowDocument(text);
  if (typeof on === 'string') {
    return new Set([on]);
  }
  return new Set(Array.isArray(on) ? on : Object.keys(on ?? {}));
}

/** A number that is the same at every start (FNV-1a). */
function stableNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of Buffer.from(text)) {
    hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  }
  return hash;
}

function checkName(value: unknown): string {
  if (
    typeof value !== 'string' ||
    !NAME.test(value) ||
    value.toUpperCase().startsWith('GITHUB_')
  ) {
    throw new GitHubApiError(
      422,
      'name may only hold letters, digits and underscores, and must not start with a digit or GITHUB_',
    );
  }
  return value;
}

function withoutValue(secret: Json): Json {
  const { sealed: _sealed, ...rest } = secret;
  return rest;
}
