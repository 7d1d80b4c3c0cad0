import { Router } from 'express';
import { NotFoundError } from '@backstage/errors';
import { ForgeRepository } from '../../services/ForgeService';
import { count, timeElement } from '../format';
import { Html, html } from '../html';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { layout } from '../views/layout';
import { avatar } from '../views/people';

/** Repositories as a list, newest change first. */
export function repositoryList(repositories: ForgeRepository[]): Html {
  const sorted = [...repositories].sort((a, b) =>
    (b.pushedAt ?? b.createdAt).localeCompare(a.pushedAt ?? a.createdAt),
  );
  return html`<ul class="rows box">
    ${sorted.map(
      repository =>
        html`<li>
          <div class="main">
            <h3>
              <a href="${urls.repository(repository)}"
                >${repository.fullName}</a
              >
              ${repository.private &&
              html`<span class="label">private</span>`}${repository.archived &&
              html`<span class="label">archived</span>`}
            </h3>
            ${repository.description && html`<p>${repository.description}</p>`}
            ${repository.topics.length > 0 &&
            html`<p>
              ${repository.topics.map(
                topic => html`<span class="label">${topic}</span>`,
              )}
            </p>`}
          </div>
          <p class="small muted">
            ${repository.language && `${repository.language} · `}
            ${repository.openPullRequests > 0 &&
            `${count(repository.openPullRequests, 'pull request')} · `}
            changed ${timeElement(repository.pushedAt ?? repository.createdAt)}
          </p>
        </li>`,
    )}
  </ul>`;
}

function matches(repository: ForgeRepository, query: string): boolean {
  const text = [
    repository.fullName,
    repository.description ?? '',
    repository.language ?? '',
    ...repository.topics,
  ]
    .join('\n')
    .toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word));
}

/** `/`: every repository, and the search over them. */
export function addHomeRoutes(router: Router, context: PageContext) {
  router.get('/', async (request, response) => {
    const query =
      typeof request.query.q === 'string' ? request.query.q.trim() : '';
    const [owners, all] = await Promise.all([
      context.service.listOwners(),
      context.service.listRepositories(),
    ]);
    const found = query ? all.filter(item => matches(item, query)) : all;
    context.send(
      response,
      layout({
        title: query ? `Repositories that match “${query}”` : 'Repositories',
        search: query,
        body: html`<h1>
            ${query ? `Repositories that match “${query}”` : 'Repositories'}
          </h1>
          ${!query &&
          html`<h2>Organisations</h2>
            <ul class="cards">
              ${owners.map(
                owner =>
                  html`<li>
                    <h3 class="person">
                      ${avatar(owner.login, owner.name, 32)}
                      <a href="${urls.owner(owner.login)}"
                        >${owner.name ?? owner.login}</a
                      >
                    </h3>
                    <p class="muted">
                      ${count(
                        all.filter(item => item.owner === owner.login).length,
                        'repository',
                        'repositories',
                      )}
                    </p>
                  </li>`,
              )}
            </ul>`}
          <h2>
            ${count(found.length, 'repository', 'repositories')}
            ${query && html`<a class="small" href="/">show all</a>`}
          </h2>
          ${found.length > 0
            ? repositoryList(found)
            : html`<p>
                Nothing matches. Names, descriptions, topics and languages are
                searched.
              </p>`}`,
      }),
    );
  });
}

/** Throws the error of a page that does not exist. */
export function noSuchOwner(login: string): never {
  throw new NotFoundError(
    `There is no organisation or person '${login}' in this forge`,
  );
}
