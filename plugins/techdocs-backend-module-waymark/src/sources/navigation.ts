import { posix } from 'node:path';
import { NavEntry } from './readSiteConfig';
import { SiteMap, titleOfPath } from './SiteMap';

/** An entry of the site's navigation, in the order of the pages. */
export type NavNode =
  | { type: 'page'; source: string; title?: string }
  | { type: 'link'; href: string; title: string }
  | { type: 'section'; title: string; children: NavNode[] };

const EXTERNAL = /^(https?:)?\/\//i;

function fromFiles(site: SiteMap): NavNode[] {
  const root: NavNode[] = [];
  const sections = new Map<string, NavNode[]>([['.', root]]);
  const childrenOf = (folder: string): NavNode[] => {
    let children = sections.get(folder);
    if (!children) {
      children = [];
      sections.set(folder, children);
      childrenOf(posix.dirname(folder)).push({
        type: 'section',
        title: titleOfPath(folder),
        children,
      });
    }
    return children;
  };
  for (const source of site.pages) {
    const children = childrenOf(posix.dirname(source));
    const folder = posix.join(posix.dirname(source), '/').replace('./', '');
    const isIndex = site.pageUrl(source) === folder;
    const node: NavNode = { type: 'page', source };
    if (isIndex) {
      children.unshift(node);
    } else {
      children.push(node);
    }
  }
  return root;
}

/**
 * The navigation of a site: `nav` of `mkdocs.yml`, or all pages by folder when there is none. An entry that names no
 * page of `docs_dir` is left out with a log line.
 */
export function buildNavigation(options: {
  nav?: NavEntry[];
  site: SiteMap;
  log: (line: string) => void;
}): NavNode[] {
  const { nav, site, log } = options;
  if (!nav) {
    return fromFiles(site);
  }

  const leaf = (target: string, title?: string): NavNode[] => {
    if (EXTERNAL.test(target)) {
      return [{ type: 'link', href: target, title: title ?? target }];
    }
    const source = posix.normalize(target);
    if (site.pageUrl(source) === undefined) {
      log(`nav names "${target}", which is no page of docs_dir: left out`);
      return [];
    }
    return [{ type: 'page', source, title }];
  };
  const convert = (entry: NavEntry): NavNode[] =>
    typeof entry === 'string'
      ? leaf(entry)
      : Object.entries(entry).flatMap(([title, value]) =>
          typeof value === 'string'
            ? leaf(value, title)
            : [
                {
                  type: 'section' as const,
                  title,
                  children: value.flatMap(convert),
                },
              ],
        );
  return nav.flatMap(convert);
}

/** The pages of a navigation in reading order. */
export function pagesOf(
  nodes: NavNode[],
): Extract<NavNode, { type: 'page' }>[] {
  return nodes.flatMap(node => {
    if (node.type === 'section') {
      return pagesOf(node.children);
    }
    return node.type === 'page' ? [node] : [];
  });
}
