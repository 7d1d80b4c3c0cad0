import { Request, Response } from 'express';
import { ForgePullRequest, ForgeRepository } from '../../services/ForgeService';
import { personaSelect, tokenField } from '../forms';
import { timeElement } from '../format';
import { Html, html } from '../html';
import { PageContext } from '../PageContext';
import { urls } from '../urls';

/** What stands in the way of a merge, or the button for it, with the choice of persona and method. */
export function mergeBox(
  context: PageContext,
  request: Request,
  response: Response,
  options: { repository: ForgeRepository; pull: ForgePullRequest },
): Html {
  const { pull, repository } = options;
  if (pull.merged) {
    return html`<div class="notice good">
      <p>
        Merged${pull.mergedBy && ` by ${pull.mergedBy}`} on
        ${timeElement(pull.mergedAt)}${pull.mergeCommitSha &&
        html` as
          <a class="mono" href="${urls.commit(repository, pull.mergeCommitSha)}"
            >${pull.mergeCommitSha.slice(0, 7)}</a
          >`}.
      </p>
    </div>`;
  }
  if (pull.state === 'closed') {
    return html`<div class="notice bad">
      <p>Closed without being merged on ${timeElement(pull.closedAt)}.</p>
    </div>`;
  }
  const action = urls.pull(repository, pull.number, 'merge');
  const blocked = pull.blockedBy.length > 0;
  return html`<section class="box" aria-labelledby="merge-form">
    <div class="head"><h2 id="merge-form">Merge</h2></div>
    <div class="body">
      ${blocked
        ? html`<div class="notice">
            <p>This cannot be merged now:</p>
            <ul>
              ${pull.blockedBy.map(reason => html`<li>${reason}</li>`)}
            </ul>
          </div>`
        : html`<p class="notice good">
            Nothing stands in the way of a merge into ${pull.base.ref}.
          </p>`}
      <form method="post" action="${action}">
        ${tokenField(context, request, response)}
        <div class="fields">
          ${personaSelect(context, request, 'merge-actor')}
          ${!blocked &&
          html`<div>
              <label for="merge-method">How</label>
              <select id="merge-method" name="method">
                <option value="merge">Merge commit</option>
                <option value="squash">Squash into one commit</option>
                <option value="rebase">Rebase</option>
              </select>
            </div>
            <button class="primary" type="submit">Merge pull request</button>`}
          <button
            type="submit"
            formaction="${urls.pull(repository, pull.number, 'close')}"
          >
            Close without merging
          </button>
        </div>
      </form>
    </div>
  </section>`;
}

/** The form of a review; `draft` is what was typed before. */
export function reviewBox(
  context: PageContext,
  request: Request,
  response: Response,
  options: {
    repository: ForgeRepository;
    pull: ForgePullRequest;
    draft: string;
  },
): Html {
  const { repository } = options;
  const choice = (value: string, label: string, checked = false) =>
    html`<label
      ><input
        type="radio"
        name="event"
        value="${value}"
        ${checked && html`checked`}
      />${label}</label
    >`;
  return html`<section class="box" aria-labelledby="review-form">
    <div class="head"><h2 id="review-form">Review this change</h2></div>
    <form
      class="body"
      method="post"
      action="${urls.pull(repository, options.pull.number, 'reviews')}"
    >
      ${tokenField(context, request, response)}
      <div class="field">
        <label for="review-body">What you want to say (Markdown)</label>
        <textarea id="review-body" name="body" rows="4" maxlength="65536">
${options.draft}</textarea
        >
      </div>
      <fieldset>
        <legend>Verdict</legend>
        ${choice('COMMENT', 'Comment', true)} ${choice('APPROVE', 'Approve')}
        ${choice('REQUEST_CHANGES', 'Request changes')}
      </fieldset>
      <div class="fields">
        ${personaSelect(context, request, 'review-actor')}
        <button class="primary" type="submit">Send review</button>
      </div>
    </form>
  </section>`;
}
