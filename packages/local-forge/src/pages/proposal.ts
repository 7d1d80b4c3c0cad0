import { Request, Response } from 'express';
import { z } from 'zod';
import { ForgeRepository } from '../services/ForgeService';
import { personaSelect, tokenField } from './forms';
import { Html, html } from './html';
import { PageContext } from './PageContext';
import { urls } from './urls';

/** What every form that ends in a pull request asks for. */
export const proposalForm = z.object({
  actor: z.string(),
  title: z
    .string()
    .trim()
    .min(1, 'say in one line what you change')
    .max(200, 'must have at most 200 characters'),
  body: z.string().max(65_536, 'must have at most 65,536 characters'),
});

/** The fields of {@link proposalForm} with the button; `idPrefix` keeps ids unique on the page. */
export function proposalFields(
  context: PageContext,
  request: Request,
  response: Response,
  options: { idPrefix: string; title: string; cancel: string },
): Html {
  const { idPrefix, title, cancel } = options;
  return html`${tokenField(context, request, response)}
    <div class="field">
      <label for="${idPrefix}-title">What changes, in one line</label>
      <input
        id="${idPrefix}-title"
        name="title"
        type="text"
        maxlength="200"
        required
        value="${title}"
      />
    </div>
    <div class="field">
      <label for="${idPrefix}-body">Why (Markdown, may stay empty)</label>
      <textarea
        id="${idPrefix}-body"
        name="body"
        rows="3"
        maxlength="65536"
      ></textarea>
    </div>
    <div class="fields">
      ${personaSelect(context, request, `${idPrefix}-actor`)}
      <button class="primary" type="submit">Open pull request</button>
      <a href="${cancel}">Cancel</a>
    </div>`;
}

/** Opens the pull request that a form asked for. Returns the path of its page. */
export async function openPullRequest(
  context: PageContext,
  repository: ForgeRepository,
  input: z.infer<typeof proposalForm> & { head: string; base: string },
): Promise<string> {
  const { owner, name } = repository;
  const pull = await context.service.createPullRequest(owner, name, {
    ...input,
    body: input.body.replace(/\r\n/g, '\n'),
  });
  return urls.pull(repository, pull.number);
}
