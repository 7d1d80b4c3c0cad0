import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { GitHubApiError, notFound } from '../errors';
import { ForgeContext } from '../ForgeContext';
import { GitReader, GitTreeEntry, parsePath } from '../git/read';
import { decodeBase64, wrapBase64 } from '../rest/base64';
import { formatContent } from '../rest/formatContent';
import { bodyOf, queryOf, repositoryOf, wantsMediaType } from '../rest/http';
import { Json, RestRepository } from '../social/types';
import { commitFile } from './commitFile';

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
      .map(entry => formatContent(options.repository, entry, options.ref)),
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
    response.json(formatContent(repository, entry, ref));
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
    ...formatContent(repository, entry, ref),
    ...(entry.type === 'symlink' ? { target: content.toString('utf8') } : {}),
    content: inline ? wrapBase64(content.toString('base64')) : '',
    encoding: inline ? 'base64' : 'none',
  });
}
