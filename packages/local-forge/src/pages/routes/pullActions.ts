import { Request, Response, Router } from 'express';
import { z } from 'zod';
import { messageOf, statusOf } from '../errorPage';
import { choosePersona, parseForm, readForm } from '../forms';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { numberOf, sendPullPage } from './pulls';

const mergeForm = z.object({
  actor: z.string(),
  method: z.enum(['merge', 'squash', 'rebase']),
});
const closeForm = z.object({ actor: z.string() });
const reviewForm = z.object({
  actor: z.string(),
  event: z.enum(['APPROVE', 'REQUEST_CHANGES', 'COMMENT']),
  body: z.string().max(65_536, 'must have at most 65,536 characters'),
});

/** The forms of a pull request. What the forge refuses is said on the page, with what was typed kept. */
export function addPullActions(router: Router, context: PageContext) {
  const act =
    (
      work: (
        request: Request,
        response: Response,
        pull: { owner: string; name: string; number: number },
      ) => Promise<void>,
    ) =>
    async (request: Request, response: Response) => {
      const pull = {
        owner: request.params.owner,
        name: request.params.repo,
        number: numberOf(request),
      };
      try {
        await work(request, response, pull);
      } catch (error) {
        const status = statusOf(error);
        if (status === 404 || status >= 500) {
          throw error;
        }
        const { body } = request.body as { body?: unknown };
        await sendPullPage(context, request, response, {
          problem: messageOf(error),
          status,
          draft: typeof body === 'string' ? body : '',
        });
        return;
      }
      // After a redirect, reloading the page does not post again.
      response.redirect(303, urls.pull(pull, pull.number));
    };

  router.post(
    '/:owner/:repo/pull/:number/merge',
    parseForm,
    act(async (request, response, pull) => {
      const form = readForm(context, request, mergeForm);
      const actor = choosePersona(context, response, form.actor);
      await context.service.mergePullRequest(
        pull.owner,
        pull.name,
        pull.number,
        { actor, method: form.method },
      );
    }),
  );
  router.post(
    '/:owner/:repo/pull/:number/close',
    parseForm,
    act(async (request, response, pull) => {
      const form = readForm(context, request, closeForm);
      const actor = choosePersona(context, response, form.actor);
      await context.service.closePullRequest(
        pull.owner,
        pull.name,
        pull.number,
        { actor },
      );
    }),
  );
  router.post(
    '/:owner/:repo/pull/:number/reviews',
    parseForm,
    act(async (request, response, pull) => {
      const form = readForm(context, request, reviewForm);
      const actor = choosePersona(context, response, form.actor);
      const body = form.body.replace(/\r\n/g, '\n').trim();
      await context.service.reviewPullRequest(
        pull.owner,
        pull.name,
        pull.number,
        { actor, event: form.event, body },
      );
    }),
  );
}
