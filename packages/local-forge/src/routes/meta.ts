import { Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { formatFile } from '../rest/formatCommit';
import { pageOf, queryOf, setLink } from '../rest/http';
import { runGit } from '../git/runGit';
import { Json, RestRepository } from '../social/types';
import { visibleRepositories } from './repositories';

const LIMIT = { limit: 5000, used: 0, remaining: 5000 };

/** Health, rate limit, meta, search. */
export function metaRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();

  router.get('/_forge/health', (_request, response) => {
    response.json({ status: 'ok' });
  });

  router.get('/rate_limit', (_request, response) => {
    // The forge limits nobody; clients that ask must hear a number.
    const resource = { ...LIMIT, reset: Math.floor(Date.now() / 1000) + 3600 };
    response.json({
      resources: { core: resource, search: resource, graphql: resource },
      rate: resource,
    });
  });

  router.get('/meta', (_request, response) => {
    response.json({ verifiable_password_authentication: false });
  });

  router.get('/search/repositories', async (request, response) => {
    const query = parseSearch(queryOf(request, 'q'));
    const repositories = await candidates(context, response, query);
    const found = repositories.filter(repository =>
      matchesRepository(repository, query),
    );
    // What matches at all matches alike: nothing here ranks.
    const scored = found.map(repository => ({ ...repository, score: 1 }));
    sendFound(context, request, response, scored);
  });

  router.get('/search/code', async (request, response) => {
    const query = parseSearch(queryOf(request, 'q'));
    const found: Json[] = [];
    for (const repository of await candidates(context, response, query)) {
      found.push(...(await searchCode(context, repository, query)));
    }
    sendFound(context, request, response, found);
  });

  for (const kind of ['issues', 'users', 'labels', 'topics']) {
    router.get(`/search/${kind}`, async (request, response) => {
      const url = new URL(request.originalUrl, context.baseUrl);
      const answer = await context.state.read(`/search/${kind}${url.search}`);
      response.status(answer.status).json(answer.body);
    });
  }
  return router;
}

interface SearchQuery {
  words: string[];
  qualifiers: Map<string, string[]>;
}

/** Splits GitHub's search text into words and `name:value` qualifiers. */
export function parseSearch(text: string | undefined): SearchQuery {
  if (!text) {
    throw new GitHubApiError(422, 'Validation Failed', [
      { resource: 'Search', field: 'q', code: 'missing' },
    ]);
  }
  const words: string[] = [];
  const qualifiers = new Map<string, string[]>();
  for (const [part] of text.matchAll(/(?:[^\s":]+:)?(?:"[^"]*"|[^\s"]+)/g)) {
    const match = /^([a-z-]+):(.+)$/.exec(part);
    const value = (match ? match[2] : part).replace(/^"|"$/g, '');
    if (match) {
      const values = qualifiers.get(match[1]) ?? [];
      qualifiers.set(match[1], [...values, value]);
    } else {
      words.push(value);
    }
  }
  return { words, qualifiers };
}

async function candidates(
  context: ForgeContext,
  response: Response,
  query: SearchQuery,
): Promise<RestRepository[]> {
  const named = query.qualifiers.get('repo');
  const owners = named?.map(name => name.split('/')[0]) ?? [
    ...(query.qualifiers.get('org') ?? []),
    ...(query.qualifiers.get('user') ?? []),
  ];
  const all = owners.length > 0 ? owners : await allOwners(context);
  const lists = await Promise.all(
    [...new Set(all)].map(owner =>
      visibleRepositories(context, response, owner),
    ),
  );
  return lists
    .flat()
    .filter(repository => !named || named.includes(repository.full_name));
}

export async function allOwners(context: ForgeContext): Promise<string[]> {
  const organizations = await context.state.readAll<Json>('/organizations');
  return [
    ...organizations.map(organization => organization.login as string),
    ...context.people.logins,
  ];
}

function matchesRepository(
  repository: RestRepository,
  query: SearchQuery,
): boolean {
  const { qualifiers, words } = query;
  const topics = qualifiers.get('topic') ?? [];
  const archived = qualifiers.get('archived')?.[0];
  const language = qualifiers.get('language')?.[0];
  const text = `${repository.name} ${
    repository.description ?? ''
  }`.toLowerCase();
  return (
    topics.every(topic => repository.topics.includes(topic)) &&
    (archived === undefined || String(repository.archived) === archived) &&
    (language === undefined ||
      repository.language?.toLowerCase() === language.toLowerCase()) &&
    words.every(word => text.includes(word.toLowerCase()))
  );
}

async function searchCode(
  context: ForgeContext,
  repository: RestRepository,
  query: SearchQuery,
): Promise<Json[]> {
  const reader = await context.repositories.reader(repository);
  const commit = await reader.resolve(repository.default_branch);
  if (!commit) {
    return [];
  }
  const filename = query.qualifiers.get('filename')?.[0];
  const folder = query.qualifiers.get('path')?.[0]?.replace(/^\/|\/$/g, '');
  const extension = query.qualifiers.get('extension')?.[0];
  const containing =
    query.words.length > 0
      ? await filesWith(context, repository, commit, query.words)
      : undefined;
  const entries = await reader.tree(commit, '', { recursive: true });
  return entries
    .filter(
      entry =>
        entry.type === 'blob' &&
        (filename === undefined || entry.name === filename) &&
        (folder === undefined ||
          folder === '' ||
          entry.path.startsWith(`${folder}/`)) &&
        (extension === undefined || entry.name.endsWith(`.${extension}`)) &&
        (containing === undefined || containing.has(entry.path)),
    )
    .map(entry => {
      const file = formatFile(
        repository,
        {
          path: entry.path,
          status: 'added',
          additions: 0,
          deletions: 0,
          binary: false,
          sha: entry.sha,
          mode: entry.mode,
          patchTooLarge: false,
        },
        commit,
      );
      return {
        name: entry.name,
        path: entry.path,
        sha: entry.sha,
        url: file.contents_url,
        git_url: `${repository.url}/git/blobs/${entry.sha}`,
        html_url: file.blob_url,
        repository,
        score: 1,
      };
    });
}

async function filesWith(
  context: ForgeContext,
  repository: RestRepository,
  commit: string,
  words: readonly string[],
): Promise<Set<string>> {
  const patterns = words.flatMap(word => ['-e', word]);
  const outcome = await runGit(
    ['grep', '-zlIiF', '--all-match', ...patterns, commit],
    {
      gitDir: context.repositories.directory(repository),
      acceptedCodes: [1],
    },
  );
  const names = outcome.stdout.toString('utf8').split('\0').filter(Boolean);
  return new Set(names.map(name => name.slice(commit.length + 1)));
}

function sendFound(
  context: ForgeContext,
  request: Parameters<typeof pageOf>[0],
  response: Response,
  found: readonly Json[],
): void {
  const { page, perPage } = pageOf(request);
  setLink(context, request, response, {
    page,
    last: Math.max(1, Math.ceil(found.length / perPage)),
  });
  response.json({
    total_count: found.length,
    incomplete_results: false,
    items: found.slice((page - 1) * perPage, page * perPage),
  });
}
