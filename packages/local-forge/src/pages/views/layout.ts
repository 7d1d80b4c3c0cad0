import { ForgeRepository } from '../../services/ForgeService';
import { Html, HtmlValue, html } from '../html';
import { stylesPath } from '../styles';
import { urls } from '../urls';

/** A page around its content. */
export interface PageContent {
  title: string;
  /** What stands before the content on the way from the start page. */
  crumbs?: { label: string; href?: string }[];
  body: HtmlValue;
  /** What the search field of the header shows. */
  search?: string;
}

const LOGO = html`<svg
  width="22"
  height="22"
  viewBox="0 0 24 24"
  fill="none"
  stroke="currentColor"
  stroke-width="2.2"
  stroke-linecap="round"
  stroke-linejoin="round"
  aria-hidden="true"
>
  <path d="M12 3v18" />
  <path d="M12 5h7l2 2.5-2 2.5h-7z" />
  <path d="M12 12H6l-2 2.25L6 16.5h6" />
</svg>`;

function crumbs(items: PageContent['crumbs']): HtmlValue {
  if (!items?.length) {
    return undefined;
  }
  return html`<nav class="crumbs" aria-label="Breadcrumb">
    <ol>
      ${items.map(
        (item, index) =>
          html`<li>
            ${item.href
              ? html`<a href="${item.href}">${item.label}</a>`
              : html`<span
                  ${index === items.length - 1 && html`aria-current="page"`}
                  >${item.label}</span
                >`}
          </li>`,
      )}
    </ol>
  </nav>`;
}

/** The whole document. */
export function layout(page: PageContent): Html {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${page.title} · Local forge</title>
        <link rel="stylesheet" href="${stylesPath}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <a class="skip" href="#forge-main">Skip to content</a>
        <header class="top">
          <div class="banner">Local forge — development only</div>
          <div class="wrap">
            <a class="brand" href="/">${LOGO} Local forge</a>
            <form action="/" method="get" role="search">
              <input
                type="search"
                name="q"
                aria-label="Find a repository"
                placeholder="Find a repository"
                value="${page.search ?? ''}"
              />
            </form>
            <nav aria-label="Forge">
              <a href="/">Repositories</a>
              <a href="${urls.deliveries()}">Webhook deliveries</a>
            </nav>
          </div>
        </header>
        <main id="forge-main" class="wrap" tabindex="-1">
          ${crumbs(page.crumbs)} ${page.body}
        </main>
        <footer>
          <div class="wrap">
            Real Git repositories on this machine, served on loopback by
            Waymark. Nothing here leaves it.
          </div>
        </footer>
      </body>
    </html>`;
}

/** The parts of a repository that its navigation offers. */
export type RepositorySection =
  | 'code'
  | 'commits'
  | 'branches'
  | 'tags'
  | 'pulls'
  | 'issues'
  | 'actions';

/** A page of a repository: crumbs, title and navigation before the content. */
export function repositoryLayout(options: {
  repository: ForgeRepository;
  section?: RepositorySection;
  title: string;
  body: HtmlValue;
}): Html {
  const { repository, section } = options;
  const tab = (
    name: RepositorySection,
    label: string,
    href: string,
    number?: number,
  ) =>
    html`<a href="${href}" ${section === name && html`aria-current="page"`}
      >${label}${number !== undefined &&
      html` <span class="count">${number}</span>`}</a
    >`;
  const nav = html`<nav class="tabs" aria-label="Repository">
    ${tab('code', 'Code', urls.repository(repository))}
    ${tab(
      'pulls',
      'Pull requests',
      urls.section(repository, 'pulls'),
      repository.openPullRequests,
    )}
    ${tab(
      'issues',
      'Issues',
      urls.section(repository, 'issues'),
      repository.openIssues,
    )}
    ${tab(
      'commits',
      'Commits',
      urls.commits(repository, repository.defaultBranch),
    )}
    ${tab('branches', 'Branches', urls.section(repository, 'branches'))}
    ${tab('tags', 'Tags', urls.section(repository, 'tags'))}
    ${tab('actions', 'Workflows', urls.section(repository, 'actions'))}
  </nav>`;
  return layout({
    title: `${options.title} · ${repository.owner}/${repository.name}`,
    crumbs: [
      { label: repository.owner, href: urls.owner(repository.owner) },
      { label: repository.name, href: urls.repository(repository) },
    ],
    body: [nav, options.body],
  });
}
