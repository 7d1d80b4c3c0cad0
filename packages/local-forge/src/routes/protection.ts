import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { bodyOf, repositoryOf, writerOf } from '../rest/http';
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

  return router;
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
