import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, paginate, repositoryOf, writerOf } from '../rest/http';
import {
  BranchProtection,
  formatProtection,
  formatStatusChecks,
  parseProtection,
  parseReviews,
  parseStatusChecks,
} from '../social/protection';
import { Json, RestRepository } from '../social/types';

const NOT_PROTECTED = 'Branch not protected';

/** Branch protection: the classic rules; rulesets are in `rulesets.ts`. */
export function protectionRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo/branches/:branch(*)/protection';

  const found = async (request: Request, response: Response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const { branch } = request.params;
    const protection = context.refs.protectionOf(repository, branch);
    if (!protection) {
      throw new GitHubApiError(404, NOT_PROTECTED);
    }
    return { repository, branch, protection };
  };
  const store = async (
    repository: RestRepository,
    branch: string,
    protection: BranchProtection | undefined,
    response: Response,
  ) => {
    const writer = writerOf(response);
    await context.state.put(
      'protection',
      `${repository.full_name}#${branch}`,
      protection,
      writer,
    );
    await context.events.inRepository(
      'branch_protection_rule',
      repository,
      { action: protection ? 'edited' : 'deleted', rule: { name: branch } },
      writer,
    );
  };

  /** One switch or section of a protection: its read, its on and its off. */
  const section = (
    name: string,
    options: {
      read(protection: BranchProtection, url: string): Json | undefined;
      on?: {
        method: 'post' | 'patch';
        apply(protection: BranchProtection, body: Json): BranchProtection;
      };
      off?(protection: BranchProtection): BranchProtection;
    },
  ) => {
    router.get(`${base}/${name}`, async (request, response) => {
      const { repository, branch, protection } = await found(request, response);
      const url = protectionUrl(repository, branch);
      const value = options.read(protection, url);
      if (!value) {
        throw new GitHubApiError(404, `${name} is not enabled`);
      }
      response.json(value);
    });
    const { on, off } = options;
    if (on) {
      router[on.method](`${base}/${name}`, async (request, response) => {
        const { repository, branch, protection } = await found(
          request,
          response,
        );
        const changed = on.apply(protection, bodyOf(request));
        await store(repository, branch, changed, response);
        response.json(options.read(changed, protectionUrl(repository, branch)));
      });
    }
    if (off) {
      router.delete(`${base}/${name}`, async (request, response) => {
        const { repository, branch, protection } = await found(
          request,
          response,
        );
        await store(repository, branch, off(protection), response);
        response.status(204).end();
      });
    }
  };

  section('required_status_checks', {
    read: (protection, url) =>
      protection.required_status_checks
        ? formatStatusChecks(protection.required_status_checks, url)
        : undefined,
    on: {
      method: 'patch',
      apply: (protection, body) => ({
        ...protection,
        required_status_checks: parseStatusChecks({
          ...protection.required_status_checks,
          ...body,
        }),
      }),
    },
    off: protection => ({ ...protection, required_status_checks: null }),
  });
  section('required_pull_request_reviews', {
    read: (protection, url) =>
      formatProtection(protection, url, stubs(context))
        .required_pull_request_reviews,
    on: {
      method: 'patch',
      apply: (protection, body) => ({
        ...protection,
        required_pull_request_reviews: parseReviews({
          ...protection.required_pull_request_reviews,
          ...body,
        }),
      }),
    },
    off: protection => ({ ...protection, required_pull_request_reviews: null }),
  });
  section('enforce_admins', {
    read: (protection, url) => ({
      url: `${url}/enforce_admins`,
      enabled: protection.enforce_admins,
    }),
    on: {
      method: 'post',
      apply: protection => ({ ...protection, enforce_admins: true }),
    },
    off: protection => ({ ...protection, enforce_admins: false }),
  });
  section('required_signatures', {
    read: (protection, url) => ({
      url: `${url}/required_signatures`,
      enabled: protection.required_signatures,
    }),
    on: {
      method: 'post',
      apply: protection => ({ ...protection, required_signatures: true }),
    },
    off: protection => ({ ...protection, required_signatures: false }),
  });
  section('restrictions', {
    read: (protection, url) =>
      formatProtection(protection, url, stubs(context)).restrictions,
    off: protection => ({ ...protection, restrictions: null }),
  });

  router.get(base, async (request, response) => {
    const { repository, branch, protection } = await found(request, response);
    response.json(
      formatProtection(
        protection,
        protectionUrl(repository, branch),
        stubs(context),
      ),
    );
  });

  router.put(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const { branch } = request.params;
    const reader = await context.repositories.reader(repository);
    if (!(await reader.resolve(`refs/heads/${branch}`))) {
      throw new GitHubApiError(404, 'Branch not found');
    }
    const protection = parseProtection(
      bodyOf(request),
      context.refs.protectionOf(repository, branch),
    );
    await store(repository, branch, protection, response);
    response.json(
      formatProtection(
        protection,
        protectionUrl(repository, branch),
        stubs(context),
      ),
    );
  });

  router.delete(base, async (request, response) => {
    const { repository, branch } = await found(request, response);
    await store(repository, branch, undefined, response);
    response.status(204).end();
  });

  rulesetRoutes(context, router);
  return router;
}

/** Repository rulesets: kept and listed; only classic protection is enforced. */
function rulesetRoutes(context: ForgeContext, router: Router): void {
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

function protectionUrl(repository: RestRepository, branch: string): string {
  return `${repository.url}/branches/${encodeURIComponent(branch)}/protection`;
}

function stubs(context: ForgeContext) {
  return {
    users: (logins: string[]): Json[] =>
      logins.map(login => ({
        login,
        url: `${context.baseUrl}/users/${login}`,
        html_url: `${context.baseUrl}/${login}`,
        type: 'User',
      })),
    teams: (slugs: string[]): Json[] =>
      slugs.map(slug => ({ slug, name: slug })),
  };
}
