import { Router } from 'express';
import { NotFoundError } from '@backstage/errors';
import { GitCommit, GitTreeEntry } from '../../git/read';
import { count, formatSize, subjectOf, timeElement } from '../format';
import { Html, html } from '../html';
import { renderMarkdown } from '../markdown';
import { PageContext, RepositoryLocation } from '../PageContext';
import { RepositoryName, urls } from '../urls';
import { authorOf, shaLink } from '../views/commits';
import { pathCrumbs, refMenu } from '../views/location';
import { cloneHelp } from '../views/clone';
import { repositoryLayout } from '../views/layout';

const README = /^readme(\.(md|markdown|txt|rst))?$/i;
const MAX_README_BYTES = 500_000;

const TYPE_WORDS: Record<GitTreeEntry['type'], string> = {
  tree: 'Folder',
  blob: 'File',
  symlink: 'Symbolic link',
  commit: 'Submodule',
};

function entryLink(
  repository: RepositoryName,
  ref: string,
  entry: GitTreeEntry,
): Html {
  const label = entry.type === 'tree' ? `${entry.name}/` : entry.name;
  if (entry.type === 'commit') {
    return html`${label} <span class="muted">@ ${entry.sha.slice(0, 7)}</span>`;
  }
  const kind = entry.type === 'tree' ? 'tree' : 'blob';
  return html`<a href="${urls[kind](repository, ref, entry.path)}"
    >${label}${entry.type === 'symlink' &&
    html` <span class="muted small">(symbolic link)</span>`}</a
  >`;
}

function entryRow(
  location: RepositoryLocation,
  entry: GitTreeEntry,
  commit: GitCommit | undefined,
): Html {
  return html`<tr>
    <th scope="row">
      <span class="visually-hidden">${TYPE_WORDS[entry.type]} </span
      >${entryLink(location.repository, location.ref, entry)}
    </th>
    <td class="wide">
      ${commit &&
      html`<a
        class="muted"
        href="${urls.commit(location.repository, commit.sha)}"
        >${subjectOf(commit.message)}</a
      >`}
    </td>
    <td class="nowrap muted small">
      ${commit && timeElement(commit.committer.date)}
    </td>
    <td class="nowrap muted small wide">
      ${entry.size !== undefined && formatSize(entry.size)}
    </td>
  </tr>`;
}

async function latestCommit(
  context: PageContext,
  location: RepositoryLocation,
): Promise<Html | undefined> {
  const { repository, reader, ref, sha, path } = location;
  const [[latest], people, total] = await Promise.all([
    reader.log({ ref: sha, path, limit: 1 }),
    context.people(),
    reader.countCommits(sha),
  ]);
  return (
    latest &&
    html`<div class="head">
      ${authorOf(latest, people)}
      <a href="${urls.commit(repository, latest.sha)}"
        >${subjectOf(latest.message)}</a
      >
      <span class="end small muted">
        ${shaLink(repository, latest.sha)} ${timeElement(latest.committer.date)}
        <a href="${urls.commits(repository, ref, path)}"
          >${path ? 'History' : count(total, 'commit')}</a
        >
      </span>
    </div>`
  );
}

/** The entries of a folder with the last change of each. */
async function folderBox(
  context: PageContext,
  location: RepositoryLocation,
  entries: GitTreeEntry[],
): Promise<Html> {
  const [head, commits] = await Promise.all([
    latestCommit(context, location),
    location.reader.lastCommitPerEntry(location.sha, location.path),
  ]);
  const parent = location.path.split('/').slice(0, -1).join('/');
  return html`<section class="box" aria-label="Files">
    ${head}
    <table class="list">
      <thead class="visually-hidden">
        <tr>
          <th scope="col">Name</th>
          <th scope="col" class="wide">Last change</th>
          <th scope="col">Changed on</th>
          <th scope="col" class="wide">Size</th>
        </tr>
      </thead>
      <tbody>
        ${location.path &&
        html`<tr>
          <th scope="row">
            <a
              href="${urls.tree(location.repository, location.ref, parent)}"
              aria-label="Folder above"
              >..</a
            >
          </th>
          <td class="wide"></td>
          <td></td>
          <td class="wide"></td>
        </tr>`}
        ${entries.map(entry =>
          entryRow(location, entry, commits.get(entry.name)),
        )}
      </tbody>
    </table>
  </section>`;
}

async function readmeBox(
  location: RepositoryLocation,
  entries: GitTreeEntry[],
): Promise<Html | undefined> {
  const candidates = entries.filter(
    entry => entry.type === 'blob' && README.test(entry.name),
  );
  const entry =
    candidates.find(item => /\.(md|markdown)$/i.test(item.name)) ??
    candidates[0];
  if (!entry || (entry.size ?? 0) > MAX_README_BYTES) {
    return undefined;
  }
  const text = (await location.reader.blob(entry.sha)).toString('utf8');
  const { repository, ref, path } = location;
  return html`<section class="box" aria-labelledby="forge-readme">
    <div class="head"><h2 id="forge-readme">${entry.name}</h2></div>
    <div class="body prose">
      ${/\.(md|markdown)$/i.test(entry.name)
        ? renderMarkdown(text, {
            repository,
            ref,
            folder: path,
            hasAnchors: true,
          })
        : html`<pre>${text}</pre>`}
    </div>
  </section>`;
}

function aboutBox(
  context: PageContext,
  location: RepositoryLocation,
  counts: { branches: number; tags: number },
): Html {
  const { repository } = location;
  return html`<aside aria-label="About">
    <h2>About</h2>
    <p>${repository.description ?? 'No description.'}</p>
    ${repository.homepage &&
    /^https?:\/\//.test(repository.homepage) &&
    html`<p>
      <a href="${repository.homepage}" rel="noreferrer"
        >${repository.homepage}</a
      >
    </p>`}
    ${repository.topics.length > 0 &&
    html`<p>
      ${repository.topics.map(
        topic => html`<span class="label">${topic}</span>`,
      )}
    </p>`}
    <ul class="plain-list">
      <li>
        <a href="${urls.section(repository, 'branches')}"
          >${count(counts.branches, 'branch', 'branches')}</a
        >
      </li>
      <li>
        <a href="${urls.section(repository, 'tags')}"
          >${count(counts.tags, 'tag')}</a
        >
      </li>
      ${repository.language && html`<li>Mostly ${repository.language}</li>`}
      ${repository.private && html`<li>Private</li>`}
      ${repository.archived && html`<li>Archived: read-only</li>`}
    </ul>
    ${cloneHelp(context, repository)}
  </aside>`;
}

async function folderPage(
  context: PageContext,
  location: RepositoryLocation,
): Promise<Html> {
  const { repository, reader, ref, path } = location;
  const [entries, branches, tags] = await Promise.all([
    reader.tree(location.sha, path),
    reader.branches(),
    reader.tags(),
  ]);
  const [files, readme] = await Promise.all([
    folderBox(context, location, entries),
    readmeBox(location, entries),
  ]);
  const title = path ? `${path} at ${ref}` : repository.fullName;
  return repositoryLayout({
    repository,
    section: 'code',
    title: path ? `${path} at ${ref}` : 'Code',
    body: html`<h1 class="visually-hidden">${title}</h1>
      ${refMenu(location, branches, tags)} ${path && pathCrumbs(location)}
      ${path
        ? [files, readme ?? '']
        : html`<div class="columns">
            <div>${files} ${readme}</div>
            ${aboutBox(context, location, {
              branches: branches.length,
              tags: tags.length,
            })}
          </div>`}`,
  });
}

/** `/:owner/:repo` and `/:owner/:repo/tree/*`. */
export function addCodeRoutes(router: Router, context: PageContext) {
  router.get('/:owner/:repo', async (request, response) => {
    const { repository, reader } = await context.open(request);
    const ref = repository.defaultBranch;
    const sha = await reader.resolve(ref);
    if (sha) {
      const location = { repository, reader, ref, sha, path: '' };
      context.send(response, await folderPage(context, location));
      return;
    }
    const address = `${context.baseUrl}/${repository.fullName}.git`;
    context.send(
      response,
      repositoryLayout({
        repository,
        section: 'code',
        title: 'Code',
        body: html`<h1>${repository.name} is empty</h1>
          ${repository.description && html`<p>${repository.description}</p>`}
          <p>Nobody has pushed a commit yet. From a folder with your code:</p>
          <pre class="block" tabindex="0">
git init --initial-branch=${ref}
git add --all
git commit --message="First version"
git remote add origin ${address}
git push --set-upstream origin ${ref}</pre
          >`,
      }),
    );
  });

  router.get('/:owner/:repo/tree/*', async (request, response) => {
    const location = await context.locate(request);
    const { repository, reader, ref, sha, path } = location;
    if (path) {
      const entry = await reader.entry(sha, path);
      if (!entry) {
        throw new NotFoundError(`There is no '${path}' at ${ref}`);
      }
      if (entry.type === 'blob' || entry.type === 'symlink') {
        response.redirect(urls.blob(repository, ref, path));
        return;
      }
      if (entry.type === 'commit') {
        throw new NotFoundError(
          `'${path}' is a submodule: its files are in another repository, at commit ${entry.sha}`,
        );
      }
    }
    context.send(response, await folderPage(context, location));
  });
}
