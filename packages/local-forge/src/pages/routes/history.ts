import { Router } from 'express';
import { NotFoundError } from '@backstage/errors';
import { GitRef } from '../../git/read';
import { ForgeRepository } from '../../services/ForgeService';
import { bodyOf, count, subjectOf, timeElement } from '../format';
import { Html, html } from '../html';
import { PageContext } from '../PageContext';
import { urls } from '../urls';
import { authorOf, commitList, shaLink } from '../views/commits';
import { diffView } from '../views/diff';
import { repositoryLayout } from '../views/layout';
import { pathCrumbs } from '../views/location';

const PAGE_SIZE = 35;

function pageNumber(value: unknown): number {
  const page = Number(value);
  return Number.isInteger(page) && page > 0 && page < 100_000 ? page : 1;
}

function pager(base: string, page: number, hasMore: boolean): Html {
  return html`<nav class="pager" aria-label="Pages">
    ${page > 1
      ? html`<a rel="prev" href="${base}?page=${page - 1}">Newer</a>`
      : html`<span></span>`}
    ${hasMore
      ? html`<a rel="next" href="${base}?page=${page + 1}">Older</a>`
      : html`<span></span>`}
  </nav>`;
}

function addCommitRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/commits', async (request, response) => {
    const { repository } = await context.open(request);
    response.redirect(urls.commits(repository, repository.defaultBranch));
  });

  router.get('/:owner/:repo/commits/*', async (request, response) => {
    const { repository: known, reader: git } = await context.open(request);
    // The navigation of an empty repository leads to a branch that is still to come.
    if (
      (request.params as Record<string, string>)[0] === known.defaultBranch &&
      !(await git.resolve(known.defaultBranch))
    ) {
      const body = html`<h1>${known.defaultBranch} has no commit yet</h1>`;
      const page = { repository: known, title: 'Commits', body };
      context.send(response, repositoryLayout({ ...page, section: 'commits' }));
      return;
    }
    const location = await context.locate(request);
    const { repository, reader, ref, sha, path } = location;
    const page = pageNumber(request.query.page);
    const [commits, people] = await Promise.all([
      reader.log({
        ref: sha,
        path,
        skip: (page - 1) * PAGE_SIZE,
        limit: PAGE_SIZE + 1,
      }),
      context.people(),
    ]);
    const title = path ? `History of ${path}` : `Commits of ${ref}`;
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'commits',
        title,
        body: html`<h1>${title}</h1>
          ${path && pathCrumbs(location)}
          ${commits.length > 0
            ? commitList(commits.slice(0, PAGE_SIZE), { repository, people })
            : html`<p>No commits here.</p>`}
          ${pager(
            urls.commits(repository, ref, path),
            page,
            commits.length > PAGE_SIZE,
          )}`,
      }),
    );
  });

  router.get('/:owner/:repo/commit/:sha', async (request, response) => {
    const { repository, reader } = await context.open(request);
    const sha = await reader.resolve(request.params.sha);
    if (!sha) {
      throw new NotFoundError(
        `There is no commit '${request.params.sha}' in ${repository.fullName}`,
      );
    }
    const commit = await reader.commit(sha);
    const [files, people] = await Promise.all([
      reader.diff(commit.parents[0], sha),
      context.people(),
    ]);
    const body = bodyOf(commit.message);
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'commits',
        title: `${subjectOf(commit.message)} (${sha.slice(0, 7)})`,
        body: html`<h1>${subjectOf(commit.message)}</h1>
          ${body && html`<pre class="block" tabindex="0">${body}</pre>`}
          <p>
            ${authorOf(commit, people)} wrote this on
            ${timeElement(commit.author.date)}${commit.committer.name !==
              commit.author.name && `; ${commit.committer.name} committed it`}.
          </p>
          <p class="small">
            Commit <code>${sha}</code>${commit.parents.length > 0 &&
            html`, after
            ${commit.parents.map((parent, index) => [
              index > 0 && ' and ',
              shaLink(repository, parent),
            ])}`}
            · <a href="${urls.tree(repository, sha)}">files at this commit</a>
          </p>
          <h2>Changes</h2>
          ${commit.parents.length > 1 &&
          html`<p class="muted">
            A merge: compared with the branch it was merged into.
          </p>`}
          ${diffView(files, { repository, head: sha })}`,
      }),
    );
  });
}

function refTable(
  repository: ForgeRepository,
  refs: GitRef[],
  comparable: boolean,
): Html {
  return html`<div class="box">
    <table class="list">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Commit</th>
          <th scope="col">Date</th>
          ${comparable && html`<th scope="col" class="wide">Compare</th>`}
        </tr>
      </thead>
      <tbody>
        ${refs.map(
          ref =>
            html`<tr>
              <th scope="row">
                <a href="${urls.tree(repository, ref.name)}">${ref.name}</a>
              </th>
              <td>${shaLink(repository, ref.sha)}</td>
              <td class="nowrap muted small">${timeElement(ref.date)}</td>
              ${comparable &&
              html`<td class="wide">
                ${ref.name === repository.defaultBranch
                  ? html`<span class="muted">default branch</span>`
                  : html`<a
                      href="${urls.compare(
                        repository,
                        repository.defaultBranch,
                        ref.name,
                      )}"
                      >with ${repository.defaultBranch}<span
                        class="visually-hidden"
                      >
                        ${ref.name}</span
                      ></a
                    >`}
              </td>`}
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function addRefRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo/branches', async (request, response) => {
    const { repository, reader } = await context.open(request);
    const branches = await reader.branches();
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'branches',
        title: 'Branches',
        body: html`<h1>${count(branches.length, 'branch', 'branches')}</h1>
          ${branches.length > 0 && refTable(repository, branches, true)}`,
      }),
    );
  });

  // A release of GitHub is a tag with notes; the forge has the tags.
  router.get('/:owner/:repo/releases', async (request, response) => {
    const { repository } = await context.open(request);
    response.redirect(urls.section(repository, 'tags'));
  });

  router.get('/:owner/:repo/tags', async (request, response) => {
    const { repository, reader } = await context.open(request);
    const tags = await reader.tags();
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'tags',
        title: 'Tags',
        body: html`<h1>${count(tags.length, 'tag')}</h1>
          ${tags.length > 0
            ? refTable(repository, tags, false)
            : html`<p>Nobody has tagged a commit yet.</p>`}`,
      }),
    );
  });
}

/** Commits, branches and tags. */
export function addHistoryRoutes(router: Router, context: PageContext) {
  addCommitRoutes(router, context);
  addRefRoutes(router, context);
}
