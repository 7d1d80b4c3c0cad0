import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { runGit } from '../git/runGit';
import {
  actorOf,
  bodyOf,
  paginate,
  queryOf,
  repositoryOf,
  writerOf,
} from '../rest/http';
import { languagesAt } from '../social/languages';
import { Json, RestRepository } from '../social/types';

const TOPIC = /^[a-z0-9][a-z0-9-]{0,49}$/;

/** Repositories themselves: create, read, change, delete, list. */
export function repositoryRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();
  const base = '/repos/:owner/:repo';

  router.get(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    response.json(await forViewer(context, response, repository));
  });

  router.get('/repositories/:id(\\d+)', async (request, response) => {
    const record = await context.state.find<RestRepository>(
      `/repositories/${request.params.id}`,
    );
    if (!record) {
      throw notFound();
    }
    const repository = await context.repositories.get(
      record.owner.login,
      record.name,
    );
    await context.access.require(actorOf(response), repository, 'pull');
    response.json(await forViewer(context, response, repository));
  });

  router.patch(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const updated = await context.repositories.update(
      repository,
      bodyOf(request),
      writerOf(response),
    );
    response.json(await forViewer(context, response, updated));
  });

  router.delete(base, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    await context.refs.locked(repository, () =>
      context.repositories.delete(repository, writerOf(response)),
    );
    response.status(204).end();
  });

  router.post('/orgs/:org/repos', async (request, response) => {
    const writer = writerOf(response);
    const { org } = request.params;
    if (!(await context.state.find(`/orgs/${org}`))) {
      throw notFound();
    }
    if (!(await context.access.orgRole(org, writer.actor))) {
      throw new GitHubApiError(403, 'You are not a member of the organization');
    }
    const created = await context.repositories.create(
      { owner: org, ownerType: 'Organization', body: bodyOf(request) },
      writer,
    );
    response.status(201).json(await forViewer(context, response, created));
  });

  router.post('/user/repos', async (request, response) => {
    const writer = writerOf(response);
    const created = await context.repositories.create(
      { owner: writer.actor, ownerType: 'User', body: bodyOf(request) },
      writer,
    );
    response.status(201).json(await forViewer(context, response, created));
  });

  router.get(
    ['/orgs/:owner/repos', '/users/:owner/repos'],
    async (request, response) => {
      const { owner } = request.params;
      const isOrg = request.path.startsWith('/orgs/');
      const exists = isOrg
        ? await context.state.find(`/orgs/${owner}`)
        : (await context.people.find(owner)) ??
          (await context.state.find(`/orgs/${owner}`));
      if (!exists) {
        throw notFound();
      }
      const visible = await visibleRepositories(context, response, owner);
      const sorted = sortRepositories(
        visible.filter(byType(queryOf(request, 'type'))),
        queryOf(request, 'sort') ?? (isOrg ? 'created' : 'full_name'),
        queryOf(request, 'direction'),
      );
      response.json(
        await Promise.all(
          paginate(context, request, response, sorted).map(repository =>
            forViewer(context, response, repository),
          ),
        ),
      );
    },
  );

  router.get('/user/repos', async (request, response) => {
    const { actor } = writerOf(response);
    const owners = [actor, ...(await organizationLogins(context, actor))];
    const lists = await Promise.all(
      owners.map(owner => visibleRepositories(context, response, owner)),
    );
    const sorted = sortRepositories(
      lists.flat(),
      queryOf(request, 'sort') ?? 'full_name',
      queryOf(request, 'direction'),
    );
    response.json(
      await Promise.all(
        paginate(context, request, response, sorted).map(repository =>
          forViewer(context, response, repository),
        ),
      ),
    );
  });

  router.get(`${base}/topics`, async (request, response) => {
    const { topics } = await repositoryOf(context, request, response);
    response.json({ names: topics });
  });

  router.put(`${base}/topics`, async (request, response) => {
    const repository = await repositoryOf(context, request, response, 'admin');
    const { names } = bodyOf(request);
    if (!Array.isArray(names) || !names.every(name => TOPIC.test(name))) {
      throw new GitHubApiError(
        422,
        'Topics must start with a lowercase letter or number, consist of 50 characters or less, and can include hyphens.',
      );
    }
    const updated = await context.repositories.update(
      repository,
      { topics: [...new Set(names)] },
      writerOf(response),
    );
    response.json({ names: updated.topics });
  });

  router.get(`${base}/languages`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const reader = await context.repositories.reader(repository);
    const head = await reader.resolve(repository.default_branch);
    response.json(head ? await languagesAt(reader, head) : {});
  });

  router.get(`${base}/contributors`, async (request, response) => {
    const repository = await repositoryOf(context, request, response);
    const found = await contributors(context, repository);
    if (found.length === 0) {
      response.status(204).end();
      return;
    }
    response.json(paginate(context, request, response, found));
  });

  router.get(`${base}/forks`, async (request, response) => {
    await repositoryOf(context, request, response);
    response.json([]);
  });

  router.post(`${base}/forks`, async (request, response) => {
    await repositoryOf(context, request, response);
    throw new GitHubApiError(403, 'Forks are not supported by the local forge');
  });

  return router;
}

/** A repository as the caller sees it. */
async function forViewer(
  context: ForgeContext,
  response: Response,
  repository: RestRepository,
): Promise<RestRepository> {
  const permission = await context.access.permissionOf(
    actorOf(response),
    repository,
  );
  return context.repositories.forViewer(repository, permission);
}

/** Repositories of an owner that the caller may see. */
export async function visibleRepositories(
  context: ForgeContext,
  response: Response,
  owner: string,
): Promise<RestRepository[]> {
  const all = await context.repositories.list(owner);
  const visible = await Promise.all(
    all.map(repository =>
      context.access.permissionOf(actorOf(response), repository),
    ),
  );
  return all.filter((_repository, index) => visible[index]);
}

export async function organizationLogins(
  context: ForgeContext,
  login: string,
): Promise<string[]> {
  const organizations = await context.state.readAll<{ login: string }>(
    `/users/${encodeURIComponent(login)}/orgs`,
  );
  return organizations.map(organization => organization.login);
}

function byType(type: string | undefined) {
  return (repository: RestRepository): boolean => {
    switch (type) {
      case 'private':
        return repository.private;
      case 'public':
        return !repository.private;
      case 'forks':
        return false;
      default:
        return true;
    }
  };
}

function sortRepositories(
  repositories: RestRepository[],
  sort: string,
  direction: string | undefined,
): RestRepository[] {
  const fields: Record<string, string> = {
    created: 'created_at',
    updated: 'updated_at',
    pushed: 'pushed_at',
    full_name: 'full_name',
  };
  const field = fields[sort] ?? 'created_at';
  const ascending =
    (direction ?? (field === 'full_name' ? 'asc' : 'desc')) === 'asc';
  return [...repositories].sort((a, b) => {
    const order =
      String(a[field] ?? '').localeCompare(String(b[field] ?? '')) ||
      a.id - b.id;
    return ascending ? order : -order;
  });
}

async function contributors(
  context: ForgeContext,
  repository: RestRepository,
): Promise<Json[]> {
  const outcome = await runGit(
    ['shortlog', '-sne', `refs/heads/${repository.default_branch}`],
    {
      gitDir: context.repositories.directory(repository),
      acceptedCodes: [128],
    },
  );
  const counted = new Map<string, Json>();
  for (const line of outcome.stdout.toString('utf8').split('\n')) {
    const match = /^\s*(\d+)\t(.*) <(.*)>$/.exec(line);
    if (match) {
      const [, count, name, email] = match;
      const login = context.people.loginOf(email);
      const entry = counted.get(login ?? email) ?? {
        ...(login
          ? await context.people.brief(login)
          : { type: 'Anonymous', name, email }),
        contributions: 0,
      };
      entry.contributions += Number(count);
      counted.set(login ?? email, entry);
    }
  }
  return [...counted.values()].sort(
    (a, b) => b.contributions - a.contributions,
  );
}
