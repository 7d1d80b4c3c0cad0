import { Request, Response, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { asError } from '../emulator/asError';
import { ForgeContext } from '../ForgeContext';
import { actorOf, bodyOf, repositoryOf, writerOf } from '../rest/http';
import { Json, Permission, RestRepository } from '../social/types';

/**
 * Paths below `/repos/:owner/:repo` that the emulator answers by itself. What is
 * neither here nor in another route file does not exist in the forge.
 */
const PASSED_ON: { path: string; write: Permission }[] = [
  { path: 'issues', write: 'pull' },
  { path: 'issues/comments/:id(\\d+)', write: 'triage' },
  { path: 'issues/:number(\\d+)', write: 'pull' },
  { path: 'issues/:number(\\d+)/comments', write: 'pull' },
  { path: 'issues/:number(\\d+)/events', write: 'triage' },
  { path: 'issues/:number(\\d+)/timeline', write: 'triage' },
  { path: 'issues/:number(\\d+)/lock', write: 'triage' },
  { path: 'issues/:number(\\d+)/assignees', write: 'triage' },
  { path: 'issues/:number(\\d+)/labels', write: 'triage' },
  { path: 'issues/:number(\\d+)/labels/:name', write: 'triage' },
  { path: 'issues/comments', write: 'pull' },
  { path: 'labels', write: 'push' },
  { path: 'labels/:name', write: 'push' },
  { path: 'milestones', write: 'push' },
  { path: 'milestones/:number', write: 'push' },
  { path: 'milestones/:number/labels', write: 'push' },
  { path: 'assignees', write: 'triage' },
  { path: 'pulls/comments', write: 'pull' },
  { path: 'pulls/comments/:id(\\d+)', write: 'triage' },
  { path: 'pulls/:number(\\d+)/comments', write: 'pull' },
  { path: 'pulls/:number(\\d+)/reviews', write: 'pull' },
  { path: 'pulls/:number(\\d+)/reviews/:id(\\d+)', write: 'pull' },
  { path: 'pulls/:number(\\d+)/reviews/:id(\\d+)/events', write: 'pull' },
  { path: 'pulls/:number(\\d+)/reviews/:id(\\d+)/comments', write: 'pull' },
  { path: 'pulls/:number(\\d+)/reviews/:id(\\d+)/dismissals', write: 'push' },
  { path: 'releases', write: 'push' },
  { path: 'releases/latest', write: 'push' },
  { path: 'releases/tags/:tag', write: 'push' },
  { path: 'releases/:id(\\d+)', write: 'push' },
  { path: 'check-runs', write: 'push' },
  { path: 'check-runs/:id(\\d+)', write: 'push' },
];

/** Issues, labels, milestones, comments, releases: the emulator's own routes. */
export function socialRoutes(context: ForgeContext): Router {
  const router = PromiseRouter();

  router.get('/repos/:owner/:repo/assignees', async (request, response) => {
    await repositoryOf(context, request, response);
    response.json(await context.access.members(request.params.owner));
  });

  for (const { path, write } of PASSED_ON) {
    router.all(`/repos/:owner/:repo/${path}`, async (request, response) => {
      const reading = request.method === 'GET' || request.method === 'HEAD';
      const repository = await repositoryOf(context, request, response);
      if (!reading) {
        await requireWrite(context, request, response, repository, write);
      }
      await passOn(context, request, response, repository, reading);
    });
  }
  return router;
}

/** Authors may change what they wrote; everything else needs the permission. */
async function requireWrite(
  context: ForgeContext,
  request: Request,
  response: Response,
  repository: RestRepository,
  needed: Permission,
): Promise<void> {
  const { actor } = writerOf(response);
  const changing = request.method === 'PATCH' || request.method === 'DELETE';
  if (needed === 'pull' && changing) {
    const target = await context.state.find<Json>(request.path);
    await context.access.require(
      actor,
      repository,
      target?.user?.login === actor ? 'pull' : 'triage',
    );
    return;
  }
  await context.access.require(actorOf(response), repository, needed);
}

async function passOn(
  context: ForgeContext,
  request: Request,
  response: Response,
  repository: RestRepository,
  reading: boolean,
): Promise<void> {
  const { pathname, search } = new URL(request.originalUrl, context.baseUrl);
  const path = `${pathname}${search}`;
  const before = reading ? undefined : await issueBefore(context, pathname);
  const answer = reading
    ? await context.state.read(path)
    : await context.state.send(
        { method: request.method, path, body: bodyOf(request) },
        writerOf(response),
      );
  if (answer.status >= 400) {
    throw asError(answer);
  }
  if (answer.link) {
    // The emulator knows only the port it listens on.
    response.setHeader(
      'Link',
      answer.link.replace(/<https?:\/\/[^/>]+/g, `<${context.baseUrl}`),
    );
  }
  if (!reading) {
    await announce(context, request, response, repository, {
      pathname,
      before,
      after: answer.body as Json | undefined,
    });
  }
  response.status(answer.status);
  if (answer.body === undefined) {
    response.end();
  } else {
    response.json(answer.body);
  }
}

const ISSUE = /^\/repos\/[^/]+\/[^/]+\/issues\/\d+$/;

async function issueBefore(
  context: ForgeContext,
  pathname: string,
): Promise<Json | undefined> {
  return ISSUE.test(pathname)
    ? await context.state.find<Json>(pathname)
    : undefined;
}

/** Sends the events of issues and comments. */
async function announce(
  context: ForgeContext,
  request: Request,
  response: Response,
  repository: RestRepository,
  change: { pathname: string; before?: Json; after?: Json },
): Promise<void> {
  const writer = writerOf(response);
  const { pathname, before, after } = change;
  const rest = pathname.split('/').slice(4).join('/');
  if (request.method === 'POST' && rest === 'issues' && after) {
    await context.events.inRepository(
      'issues',
      repository,
      { action: 'opened', issue: after },
      writer,
    );
  } else if (before && after && request.method === 'PATCH') {
    let action = 'edited';
    if (before.state !== after.state) {
      action = after.state === 'closed' ? 'closed' : 'reopened';
    }
    await context.events.inRepository(
      'issues',
      repository,
      { action, issue: after },
      writer,
    );
  } else if (
    request.method === 'POST' &&
    /^issues\/\d+\/comments$/.test(rest)
  ) {
    const issue = await context.state.find<Json>(
      pathname.replace(/\/comments$/, ''),
    );
    await context.events.inRepository(
      'issue_comment',
      repository,
      { action: 'created', issue, comment: after },
      writer,
    );
  }
}
