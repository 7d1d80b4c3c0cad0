import type MarkdownIt from 'markdown-it';
import { posix } from 'node:path';
import { SiteMap } from '../sources/SiteMap';

/** Where a document stands: its file and address, among the others of its site. */
export interface Place {
  site: SiteMap;
  source: string;
  log: (line: string) => void;
}

const LEAVES_SITE = /^([a-z][a-z0-9+.-]*:|[/#?])/i;

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A relative link between files as a relative link between pages; undefined when it is to stay as it is. */
function rewrite(
  link: string,
  { site, source, log }: Place,
): { url: string; isAsset: boolean } | undefined {
  if (link === '' || LEAVES_SITE.test(link)) {
    return undefined;
  }
  const [, path = '', suffix = ''] = /^([^?#]*)(.*)$/s.exec(link) ?? [];
  const target = posix.join(posix.dirname(source), decode(path));
  if (target.startsWith('..')) {
    return undefined;
  }
  const url = site.urlFrom(site.pageUrl(source) ?? '', target);
  if (url === undefined) {
    log(`${source} links to "${link}", which is no file of docs_dir`);
    return undefined;
  }
  return { url: url + suffix, isAsset: site.isAsset(target) };
}

/** Points links and images at what the site makes of the file they name, seen from the page in `env.place`. */
export function siteLinks(markdown: MarkdownIt): void {
  markdown.core.ruler.push('site-links', state => {
    const place: Place = state.env.place;
    for (const token of state.tokens.flatMap(
      ({ children }) => children ?? [],
    )) {
      if (token.type === 'link_open') {
        const found = rewrite(token.attrGet('href') ?? '', place);
        if (found) {
          token.attrSet('href', found.url);
        }
        // The reader takes a link for a page, unless it is a download.
        if (found?.isAsset) {
          token.attrSet('download', '');
        }
      } else if (token.type === 'image') {
        const found = rewrite(token.attrGet('src') ?? '', place);
        if (found) {
          token.attrSet('src', found.url);
        }
      }
    }
  });
}
