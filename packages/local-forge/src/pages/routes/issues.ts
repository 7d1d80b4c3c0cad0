import { Router } from 'express';
import { timeElement } from '../format';
import { Html, html } from '../html';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { repositoryLayout } from '../views/layout';
import { readState, stateFilter } from '../views/lists';
import { conversation } from '../views/pull';
import { numberOf } from './pulls';

function issueState(state: 'open' | 'closed'): Html {
  return state === 'open'
    ? html`<span class="state open">Open</span>`
    : html`<span class="state merged">Closed</span>`;
}

function labels(names: string[]): Html {
  return html`${names.map(name => html`<span class="label">${name}</span>`)}`;
}

/** Pages of issues: to be read only. */
export function addIssueRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/issues', async (request, response) => {
    const { repository } = await context.open(request);
    const state = readState(request.query.state);
    const [issues, names] = await Promise.all([
      context.service.listIssues(repository.owner, repository.name, state),
      context.names(),
    ]);
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'issues',
        title: 'Issues',
        body: html`<h1>Issues</h1>
          ${stateFilter(urls.section(repository, 'issues'), state)}
          ${issues.length > 0
            ? html`<ul class="rows box">
                ${issues.map(
                  issue =>
                    html`<li>
                      <div class="main">
                        <h2>
                          <a href="${urls.issue(repository, issue.number)}"
                            >${issue.title}</a
                          >
                          <span class="muted">#${issue.number}</span>
                        </h2>
                        <p class="small muted">
                          opened ${timeElement(issue.createdAt)} by
                          ${names.get(issue.author) ?? issue.author}
                          ${labels(issue.labels)}
                        </p>
                      </div>
                      ${issueState(issue.state)}
                    </li>`,
                )}
              </ul>`
            : html`<p>
                ${state === 'all' ? 'None yet.' : `None are ${state}.`}
              </p>`}`,
      }),
    );
  });

  router.get('/:owner/:repo/issues/:number', async (request, response) => {
    const { repository } = await context.open(request);
    const [issue, names] = await Promise.all([
      context.service.getIssue(
        repository.owner,
        repository.name,
        numberOf(request),
      ),
      context.names(),
    ]);
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'issues',
        title: `${issue.title} · Issue #${issue.number}`,
        body: html`<h1>
            ${issue.title} <span class="muted">#${issue.number}</span>
          </h1>
          <p>
            ${issueState(issue.state)} ${labels(issue.labels)}
            ${issue.closedAt &&
            html`<span class="muted"
              >closed ${timeElement(issue.closedAt)}</span
            >`}
          </p>
          <h2 class="visually-hidden">Conversation</h2>
          ${conversation(issue, {
            comments: issue.comments,
            names,
            repository,
          })}`,
      }),
    );
  });
}
