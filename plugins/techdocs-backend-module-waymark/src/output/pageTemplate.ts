import { Heading } from '../markdown/headings';
import { NavNode } from '../sources/navigation';
import { escapeHtml } from './escapeHtml';

/** A page of the site and how others call it. */
export interface PageLink {
  url: string;
  title: string;
}

/** All that one page of the site is made of. */
export interface PageView {
  siteName: string;
  title: string;
  /** Markup of the content. */
  html: string;
  headings: Heading[];
  navigation: NavNode[];
  /** The Markdown file of this page. */
  source: string;
  /** A page by its Markdown file, with its address seen from this page. */
  linkTo(source: string): PageLink;
  /** The address of the style sheet seen from this page. */
  stylesheet: string;
  previous?: PageLink;
  next?: PageLink;
}

function renderNavNode(node: NavNode, view: PageView, id: string): string {
  if (node.type === 'section') {
    // Open by default: what is folded away is not found.
    return `<li class="md-nav__item md-nav__item--nested">
<input class="md-nav__toggle md-toggle" type="checkbox" id="${id}" checked>
<label class="md-nav__link" for="${id}" id="${id}_label"><span class="md-ellipsis">${escapeHtml(
      node.title,
    )}</span><span class="md-nav__icon md-icon"></span></label>
<nav class="md-nav" aria-labelledby="${id}_label">${renderNavList(
      node.children,
      view,
      id,
    )}</nav>
</li>`;
  }
  const isActive = node.type === 'page' && node.source === view.source;
  const page = node.type === 'page' ? view.linkTo(node.source) : undefined;
  const url = node.type === 'link' ? node.href : page?.url ?? '';
  const label = node.title ?? page?.title ?? '';
  return `<li class="md-nav__item${isActive ? ' md-nav__item--active' : ''}">
<a href="${escapeHtml(url)}" class="md-nav__link${
    isActive ? ' md-nav__link--active" aria-current="page' : ''
  }"><span class="md-ellipsis">${escapeHtml(label)}</span></a>
</li>`;
}

function renderNavList(nodes: NavNode[], view: PageView, id: string): string {
  const items = nodes.map((node, index) =>
    renderNavNode(node, view, `${id}_${index + 1}`),
  );
  return `<ul class="md-nav__list">${items.join('\n')}</ul>`;
}

function renderContents(headings: Heading[]): string {
  const [first, ...rest] = headings;
  if (!first) {
    return '';
  }
  const next = rest.findIndex(({ level }) => level <= first.level);
  const split = next < 0 ? rest.length : next;
  const children = renderContents(rest.slice(0, split));
  return `<li class="md-nav__item"><a href="#${encodeURIComponent(
    first.id,
  )}" class="md-nav__link"><span class="md-ellipsis">${escapeHtml(
    first.text,
  )}</span></a>${
    children &&
    `<nav class="md-nav"><ul class="md-nav__list">${children}</ul></nav>`
  }</li>${renderContents(rest.slice(split))}`;
}

function renderTableOfContents(headings: Heading[]): string {
  const contents = renderContents(headings.filter(({ level }) => level > 1));
  return contents
    ? `<nav class="md-nav md-nav--secondary" aria-label="Table of contents">
<label class="md-nav__title" for="__toc">Table of contents</label>
<ul class="md-nav__list" data-md-component="toc">${contents}</ul>
</nav>`
    : '';
}

function renderPager({ previous, next }: PageView): string {
  const link = (page: PageLink | undefined, relation: 'prev' | 'next') =>
    page
      ? `<a class="md-pager__link md-pager__link--${relation}" rel="${relation}" href="${escapeHtml(
          page.url,
        )}"><span class="md-pager__direction">${
          relation === 'prev' ? 'Previous' : 'Next'
        }</span>${escapeHtml(page.title)}</a>`
      : '';
  return previous || next
    ? `<nav class="md-pager" aria-label="Pages">${link(previous, 'prev')}${link(
        next,
        'next',
      )}</nav>`
    : '';
}

/** A page as HTML, with the elements and classes of Material for MkDocs that the TechDocs reader looks for. */
export function renderPageTemplate(view: PageView): string {
  const { siteName, title, html, headings, navigation, stylesheet } = view;
  const heading = headings.some(({ level }) => level === 1)
    ? ''
    : `<h1>${escapeHtml(title)}</h1>\n`;
  return `<!doctype html>
<html lang="en" class="no-js">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(title)} - ${escapeHtml(siteName)}</title>
<link rel="stylesheet" href="${escapeHtml(stylesheet)}">
</head>
<body dir="ltr">
<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer" autocomplete="off" aria-label="Navigation">
<label class="md-overlay" for="__drawer"></label>
<header class="md-header" data-md-component="header"><label class="md-header__button md-icon" for="__drawer"></label></header>
<div class="md-container" data-md-component="container">
<main class="md-main" data-md-component="main">
<div class="md-main__inner md-grid">
<div class="md-sidebar md-sidebar--primary" data-md-component="sidebar" data-md-type="navigation">
<div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
<nav class="md-nav md-nav--primary" aria-label="${escapeHtml(
    siteName,
  )}" data-md-level="0">
<label class="md-nav__title" for="__drawer">${escapeHtml(siteName)}</label>
${renderNavList(navigation, view, '__nav')}
</nav>
</div></div>
</div>
<div class="md-sidebar md-sidebar--secondary" data-md-component="sidebar" data-md-type="toc">
<div class="md-sidebar__scrollwrap"><div class="md-sidebar__inner">
${renderTableOfContents(headings)}
</div></div>
</div>
<div class="md-content" data-md-component="content">
<article class="md-content__inner md-typeset">
${heading}${html}
${renderPager(view)}
</article>
</div>
</div>
</main>
</div>
</body>
</html>
`;
}
