import { Request, Response, Router } from 'express';
import { NotFoundError } from '@backstage/errors';
import { count, timeElement } from '../format';
import { Html, html } from '../html';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { commitList } from '../views/commits';
import { diffView } from '../views/diff';
import { repositoryLayout } from '../views/layout';
import { stateFilter, readState } from '../views/lists';
import { mergeBox, reviewBox } from '../views/pullForms';
import { conversation, pullHeader, pullState, reviewers } from '../views/pull';

/** The number in the path; anything else does not exist. */
export function numberOf(request: Request): number {
  const value = request.params.number;
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    throw new NotFoundError(`'${value}' is not a number`);
  }
  return Number(value);
}

/** Sends the page of a pull request; `problem` is what a form could not do. */
export async function sendPullPage(
  context: PageContext,
  request: Request,
  response: Response,
  options: { problem?: string; status?: number; draft?: string } = {},
) {
  const { repository } = await context.open(request);
  const [pull, names] = await Promise.all([
    context.service.getPullRequest(
      repository.owner,
      repository.name,
      numberOf(request),
    ),
    context.names(),
  ]);
  const page = repositoryLayout({
    repository,
    section: 'pulls',
    title: `${pull.title} · Pull request #${pull.number}`,
    body: html`${options.problem &&
      html`<div class="notice bad" role="alert">
        <p>${options.problem}</p>
      </div>`}
      ${pullHeader(repository, pull, { tab: 'conversation', names })}
      <div class="columns">
        <div>
          <h2 class="visually-hidden">Conversation</h2>
          ${conversation(pull, {
            comments: pull.comments,
            reviews: pull.reviews,
            names,
            repository,
          })}
          ${mergeBox(context, request, response, { repository, pull })}
          ${pull.state === 'open' &&
          reviewBox(context, request, response, {
            repository,
            pull,
            draft: options.draft ?? '',
          })}
        </div>
        <aside aria-label="About this pull request">
          <h2>Reviewers</h2>
          ${reviewers(repository, pull, names)}
          ${pull.labels.length > 0 && [
            html`<h2>Labels</h2>`,
            pull.labels.map(label => html`<span class="label">${label}</span>`),
          ]}
          <h2>Changes</h2>
          <p>
            <span class="plus">+${pull.additions}</span>
            <span class="minus">−${pull.deletions}</span> in
            <a href="${urls.pull(repository, pull.number, 'files')}"
              >${count(pull.changedFiles, 'file')}</a
            >
          </p>
        </aside>
      </div>`,
  });
  context.send(response, page, options.status ?? 200);
}

async function sendPullTab(
  context: PageContext,
  request: Request,
  response: Response,
  tab: 'commits' | 'files',
) {
  const { repository, reader } = await context.open(request);
  const [pull, names, people] = await Promise.all([
    context.service.getPullRequest(
      repository.owner,
      repository.name,
      numberOf(request),
    ),
    context.names(),
    context.people(),
  ]);
  const head = pull.head.sha;
  const base = pull.mergeBaseSha ?? pull.base.sha;
  let body: Html;
  if (!head || !base || !(await reader.resolve(head))) {
    body = html`<p>
      The branch ${pull.head.ref} is gone, and its commits too.
    </p>`;
  } else if (tab === 'commits') {
    const commits = await reader.commitsBetween(base, head);
    body = commitList(commits, { repository, people });
  } else {
    const files = await reader.diff(base, head);
    body = diffView(files, { repository, head });
  }
  context.send(
    response,
    repositoryLayout({
      repository,
      section: 'pulls',
      title: `${tab === 'files' ? 'Files' : 'Commits'} · ${
        pull.title
      } · Pull request #${pull.number}`,
      body: html`${pullHeader(repository, pull, { tab, names })}
        <h2 class="visually-hidden">
          ${tab === 'files' ? 'Files changed' : 'Commits'}
        </h2>
        ${body}`,
    }),
  );
}

/** Pages of pull requests. */
export function addPullRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/pulls', async (request, response) => {
    const { repository } = await context.open(request);
    const state = readState(request.query.state);
    const [pulls, names] = await Promise.all([
      context.service.listPullRequests(
        repository.owner,
        repository.name,
        state,
      ),
      context.names(),
    ]);
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'pulls',
        title: 'Pull requests',
        body: html`<h1>Pull requests</h1>
          ${stateFilter(urls.section(repository, 'pulls'), state)}
          ${pulls.length > 0
            ? html`<ul class="rows box">
                ${pulls.map(
                  pull =>
                    html`<li>
                      <div class="main">
                        <h2>
                          <a href="${urls.pull(repository, pull.number)}"
                            >${pull.title}</a
                          >
                          <span class="muted">#${pull.number}</span>
                        </h2>
                        <p class="small muted">
                          opened ${timeElement(pull.createdAt)} by
                          ${names.get(pull.author) ?? pull.author}, from
                          <code>${pull.head.ref}</code>
                        </p>
                      </div>
                      ${pullState(pull)}
                    </li>`,
                )}
              </ul>`
            : html`<p>
                ${state === 'all' ? 'None yet.' : `None are ${state}.`}
              </p>`}
          <p>
            To open one, push a branch and compare it on the page of
            <a href="${urls.section(repository, 'branches')}">branches</a>, or
            edit a file here.
          </p>`,
      }),
    );
  });
  router.get('/:owner/:repo/pull/:number', async (request, response) => {
    await sendPullPage(context, request, response);
  });
  router.get('/:owner/:repo/pull/:number/files', async (request, response) => {
    await sendPullTab(context, request, response, 'files');
  });
  router.get(
    '/:owner/:repo/pull/:number/commits',
    async (request, response) => {
      await sendPullTab(context, request, response, 'commits');
    },
  );
}
