import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { GitReader, GitTreeEntry, isRefName, parsePath } from '../git/read';
import { writeBlob, writeCommit, writeTree } from '../git/write/objects';
import { NO_OBJECT } from '../git/write/refs';
import { encodePath, formatGitCommit } from '../rest/formatCommit';
import {
  bodyOf,
  queryOf,
  repositoryOf,
  wantsMediaType,
  writerOf,
} from '../rest/http';
import { Json, RestRepository } from '../social/types';

const README = /^readme(\.(md|markdown|rst|txt|adoc))?$/i;

/** Above this size GitHub gives no content but in the raw media type. */
const MAX_INLINE_BYTES = 1024 * 1024;

/** Files and folders: `/contents`, `/readme`. */
export function contentsRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();

  router.get(
    ['/repos/:owner/:repo/contents', '/repos/:owner/:repo/contents/:path(*)'],
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const reader = await context.repositories.reader(repository);
      const ref = queryOf(request, 'ref') ?? repository.default_branch;
      const path = pathOf(request.params.path);
      const sha = await reader.resolve(ref);
      if (!sha) {
        throw await missingRef(reader, ref);
      }
      if (path === '') {
        await sendFolder({ response, repository, reader, ref, sha, path });
        return;
      }
      const entry = await reader.entry(sha, path);
      if (!entry) {
        throw notFound();
      }
      if (entry.type === 'tree') {
        await sendFolder({ response, repository, reader, ref, sha, path });
      } else {
        await sendFile(request, response, { repository, reader, ref, entry });
      }
    },
  );

  router.get(
    ['/repos/:owner/:repo/readme', '/repos/:owner/:repo/readme/:dir(*)'],
    async (request, response) => {
      const repository = await repositoryOf(context, request, response);
      const reader = await context.repositories.reader(repository);
      const ref = queryOf(request, 'ref') ?? repository.default_branch;
      const sha = await reader.resolve(ref);
      if (!sha) {
        throw notFound();
      }
      const entries = await reader.tree(sha, pathOf(request.params.dir));
      const entry = entries.find(
        ({ type, name }) => type === 'blob' && README.test(name),
      );
      if (!entry) {
        throw notFound();
      }
      await sendFile(request, response, { repository, reader, ref, entry });
    },
  );

  router.put(
    '/repos/:owner/:repo/contents/:path(*)',
    async (request, response) => {
      const repository = await repositoryOf(context, request, response, 'push');
      const body = bodyOf(request);
      if (typeof body.content !== 'string') {
        throw new GitHubApiError(
          422,
          'Invalid request.\n\n"content" wasn\'t supplied.',
        );
      }
      const content = decodeBase64(body.content);
      const result = await commitFile(context, response, {
        repository,
        path: pathOf(request.params.path),
        body,
        content,
      });
      response.status(result.created ? 201 : 200).json(result.answer);
    },
  );

  router.delete(
    '/repos/:owner/:repo/contents/:path(*)',
    async (request, response) => {
      const repository = await repositoryOf(context, request, response, 'push');
      // Octokit sends parameters of a DELETE in the body, others in the query.
      const body = { ...request.query, ...bodyOf(request) } as Json;
      const result = await commitFile(context, response, {
        repository,
        path: pathOf(request.params.path),
        body,
      });
      response.json(result.answer);
    },
  );

  return router;
}

function pathOf(value: string | undefined): string {
  try {
    return parsePath(value);
  } catch (error) {
    throw new GitHubApiError(
      422,
      error instanceof Error ? error.message : 'path is not valid',
    );
  }
}

/** Decodes Base64 as GitHub does: line breaks are fine, anything else is not. */
export function decodeBase64(text: string): Buffer {
  const compact = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new GitHubApiError(422, 'content is not valid Base64');
  }
  return Buffer.from(compact, 'base64');
}

async function missingRef(
  reader: GitReader,
  ref: string,
): Promise<GitHubApiError> {
  const branches = await reader.branches();
  return new GitHubApiError(
    404,
    branches.length === 0
      ? 'This repository is empty.'
      : `No commit found for the ref ${ref}`,
  );
}

async function sendFolder(options: {
  response: Response;
  repository: RestRepository;
  reader: GitReader;
  ref: string;
  sha: string;
  path: string;
}): Promise<void> {
  const entries = await options.reader.tree(options.sha, options.path);
  options.response.json(
    entries
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(entry => formatEntry(options.repository, entry, options.ref)),
  );
}

async function sendFile(
  request: Request,
  response: Response,
  options: {
    repository: RestRepository;
    reader: GitReader;
    ref: string;
    entry: GitTreeEntry;
  },
): Promise<void> {
  const { repository, reader, ref, entry } = options;
  if (entry.type === 'commit') {
    response.json(formatEntry(repository, entry, ref));
    return;
  }
  const content = await reader.blob(entry.sha);
  if (wantsMediaType(request, 'raw')) {
    response
      .type('application/vnd.github.raw; charset=utf-8')
      .setHeader('X-Content-Type-Options', 'nosniff');
    response.send(content);
    return;
  }
  const inline = content.length <= MAX_INLINE_BYTES;
  response.json({
    ...formatEntry(repository, entry, ref),
    ...(entry.type === 'symlink' ? { target: content.toString('utf8') } : {}),
    content: inline ? wrap(content.toString('base64')) : '',
    encoding: inline ? 'base64' : 'none',
  });
}

/** GitHub breaks Base64 after 60 characters. */
export function wrap(base64: string): string {
  return base64.replace(/.{60}/g, '$&\n').replace(/([^\n])$/, '$1\n');
}

function formatEntry(
  repository: RestRepository,
  entry: GitTreeEntry,
  ref: string,
): Json {
  const path = encodePath(entry.path);
  const query = encodeURIComponent(ref);
  const type = {
    blob: 'file',
    tree: 'dir',
    symlink: 'symlink',
    commit: 'submodule',
  }[entry.type];
  const self = `${repository.url}/contents/${path}?ref=${query}`;
  const kind = entry.type === 'tree' ? 'tree' : 'blob';
  const git = `${repository.url}/git/${kind}s/${entry.sha}`;
  const html = `${repository.html_url}/${kind}/${ref}/${path}`;
  return {
    name: entry.name,
    path: entry.path,
    sha: entry.sha,
    size: entry.size ?? 0,
    url: self,
    html_url: html,
    git_url: git,
    download_url:
      type === 'file' || type === 'symlink'
        ? `${repository.html_url}/raw/${ref}/${path}`
        : null,
    type,
    _links: { self, git, html },
  };
}

async function commitFile(
  context: ForgeContext,
  response: Response,
  options: {
    repository: RestRepository;
    path: string;
    body: Json;
    /** Absent: the file is to be removed. */
    content?: Buffer;
  },
): Promise<{ created: boolean; answer: Json }> {
  const { repository, path, body, content } = options;
  const writer = writerOf(response);
  if (typeof body.message !== 'string' || !body.message) {
    throw new GitHubApiError(
      422,
      'Invalid request.\n\n"message" wasn\'t supplied.',
    );
  }
  if (path === '') {
    throw new GitHubApiError(422, 'path must name a file');
  }
  const branch = String(body.branch ?? repository.default_branch).replace(
    /^refs\/heads\//,
    '',
  );
  if (!isRefName(branch)) {
    throw new GitHubApiError(422, `branch ${branch} is not a valid name`);
  }
  const gitDir = context.repositories.directory(repository);
  return await context.refs.locked(repository, async () => {
    const reader = await context.repositories.reader(repository);
    const ref = `refs/heads/${branch}`;
    const parent = await reader.resolve(ref);
    const empty = (await reader.branches()).length === 0;
    if (!parent && !empty) {
      throw new GitHubApiError(404, `Branch ${branch} not found`);
    }
    const present = parent ? await reader.entry(parent, path) : undefined;
    checkPresent(present, body.sha, path, content === undefined);
    const blob =
      content === undefined ? null : await writeBlob(gitDir, content);
    const tree = await writeTree(gitDir, {
      base: parent,
      changes: [{ path, mode: modeOf(present), sha: blob }],
    });
    const author = await context.people.signature(writer.actor, new Date());
    const committer = personOf(body.committer, author);
    const commit = await writeCommit(gitDir, {
      tree,
      parents: parent ? [parent] : [],
      message: body.message,
      author: personOf(body.author, body.committer ? committer : author),
      committer,
    });
    await context.refs.moveLocked(
      repository,
      [{ ref, before: parent ?? NO_OBJECT, after: commit }],
      writer,
    );
    const entry = await reader.entry(commit, path);
    return {
      created: !present,
      answer: {
        content: entry ? formatEntry(repository, entry, branch) : null,
        commit: formatGitCommit(repository, await reader.commit(commit)),
      },
    };
  });
}

function checkPresent(
  present: GitTreeEntry | undefined,
  sha: unknown,
  path: string,
  removing: boolean,
): void {
  if (!present) {
    if (removing) {
      throw notFound();
    }
    if (sha !== undefined && sha !== null && sha !== '') {
      throw new GitHubApiError(409, `${path} does not exist`);
    }
    return;
  }
  if (present.type === 'tree') {
    throw new GitHubApiError(422, `${path} is a folder`);
  }
  if (sha === undefined || sha === null || sha === '') {
    throw new GitHubApiError(
      422,
      'Invalid request.\n\n"sha" wasn\'t supplied.',
    );
  }
  if (sha !== present.sha) {
    throw new GitHubApiError(409, `${path} does not match ${sha}`);
  }
}

function modeOf(present: GitTreeEntry | undefined): '100644' | '100755' {
  return present?.mode === '100755' ? '100755' : '100644';
}

/** A person of a request's body; what is missing comes from `fallback`. */
export function personOf(
  value: Json | undefined,
  fallback: { name: string; email: string; date: Date },
): { name: string; email: string; date: Date } {
  if (!value) {
    return fallback;
  }
  const date = value.date ? new Date(value.date) : fallback.date;
  if (Number.isNaN(date.getTime())) {
    throw new GitHubApiError(422, 'date is not an ISO 8601 instant');
  }
  return {
    name: typeof value.name === 'string' ? value.name : fallback.name,
    email: typeof value.email === 'string' ? value.email : fallback.email,
    date,
  };
}
