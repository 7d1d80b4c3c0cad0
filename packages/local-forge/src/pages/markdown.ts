import MarkdownIt from 'markdown-it';
import { highlightBlock } from './highlight';
import { Html, raw } from './html';
import { RepositoryName, urls } from './urls';

/** Where relative links and images of a document lead: its own folder at a reference. */
export interface MarkdownPlace {
  repository: RepositoryName;
  ref: string;
  folder: string;
  /** Whether headings get an `id`: only for the one document of a page, or they would not be unique. */
  hasAnchors?: boolean;
}

/** The document's own path joined with a relative link; undefined when it leaves the repository. */
function resolvePath(folder: string, link: string): string | undefined {
  const segments = link.startsWith('/') ? [] : folder.split('/');
  for (const segment of link.split('/')) {
    if (segment === '..') {
      if (segments.filter(Boolean).length === 0) {
        return undefined;
      }
      segments.pop();
    } else if (segment !== '.' && segment !== '') {
      segments.push(segment);
    }
  }
  return segments.filter(Boolean).join('/');
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function rewrite(
  link: string,
  place: MarkdownPlace,
  kind: 'blob' | 'raw',
): string {
  if (/^([a-z][a-z0-9+.-]*:|\/\/|#)/i.test(link)) {
    return link;
  }
  const [, target, suffix] = /^([^?#]*)(.*)$/s.exec(link) ?? [];
  const path = resolvePath(place.folder, decode(target ?? ''));
  if (path === undefined || path === '') {
    return urls.tree(place.repository, place.ref);
  }
  return urls[kind](place.repository, place.ref, path) + suffix;
}

function slugify(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .trim()
    .replace(/\s/g, '-');
}

function createRenderer(place: MarkdownPlace | undefined): MarkdownIt {
  const markdown = new MarkdownIt({
    html: false,
    linkify: true,
    highlight: highlightBlock,
  });
  markdown.core.ruler.push('waymark', state => {
    const slugs = new Map<string, number>();
    state.tokens.forEach((token, index) => {
      if (place?.hasAnchors && token.type === 'heading_open') {
        const slug = slugify(state.tokens[index + 1]?.content ?? '');
        const seen = slugs.get(slug) ?? 0;
        slugs.set(slug, seen + 1);
        token.attrSet('id', seen ? `${slug}-${seen}` : slug);
      }
      for (const child of token.children ?? []) {
        if (place && child.type === 'link_open') {
          child.attrSet(
            'href',
            rewrite(child.attrGet('href') ?? '', place, 'blob'),
          );
        } else if (place && child.type === 'image') {
          child.attrSet(
            'src',
            rewrite(child.attrGet('src') ?? '', place, 'raw'),
          );
        }
      }
    });
  });
  // A wide table scrolls inside its own region, which the keyboard can reach.
  markdown.renderer.rules.table_open = () =>
    '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>';
  markdown.renderer.rules.table_close = () => '</table></div>';
  return markdown;
}

/** Markdown as markup. HTML inside it is shown as text, never interpreted. */
export function renderMarkdown(text: string, place?: MarkdownPlace): Html {
  return raw(createRenderer(place).render(text));
}
