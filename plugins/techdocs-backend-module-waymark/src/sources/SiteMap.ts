import { posix } from 'node:path';

const MARKDOWN = /\.(md|markdown|mdown|mkdn?)$/i;

function withoutExtension(source: string): string {
  return source.replace(MARKDOWN, '');
}

/** Relative to a page, so that a site can be served from anywhere. */
function relativeUrl(fromPage: string, to: string): string {
  const path = posix.relative(`/${fromPage}`, `/${to}`);
  const isPage = to === '' || to.endsWith('/');
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return isPage ? `${encoded || '.'}/` : encoded;
}

/**
 * Which address each file of `docs_dir` gets, as MkDocs gives it: `guide/setup.md` becomes the page `guide/setup/`,
 * `guide/index.md` the page `guide/`, and everything else stays where it is.
 */
export class SiteMap {
  readonly #pages = new Map<string, string>();
  readonly #assets = new Set<string>();

  static create(files: string[]): SiteMap {
    return new SiteMap(files);
  }

  private constructor(files: string[]) {
    const indexes = new Set(
      files
        .filter(file => MARKDOWN.test(file))
        .filter(file => /(^|\/)index$/.test(withoutExtension(file)))
        .map(file => posix.dirname(file)),
    );
    const taken = new Set<string>();
    for (const file of files) {
      if (!MARKDOWN.test(file)) {
        this.#assets.add(file);
        continue;
      }
      const folder = posix.dirname(file);
      const name = posix.basename(withoutExtension(file));
      const isIndex =
        name === 'index' || (/^readme$/i.test(name) && !indexes.has(folder));
      const path = posix.join(folder, isIndex ? '' : name);
      const url = path === '.' || path === './' ? '' : posix.join(path, '/');
      if (!taken.has(url)) {
        taken.add(url);
        this.#pages.set(file, url);
      }
    }
  }

  /** The Markdown files that become pages, in their order. */
  get pages(): string[] {
    return [...this.#pages.keys()];
  }

  /** The files that are copied. */
  get assets(): string[] {
    return [...this.#assets];
  }

  /** The address of a page from the root of the site: empty, or with `/` at its end. */
  pageUrl(source: string): string | undefined {
    return this.#pages.get(source);
  }

  /** The address of a file of the site from the root: of its page, or of its copy. */
  url(source: string): string | undefined {
    return (
      this.pageUrl(source) ?? (this.#assets.has(source) ? source : undefined)
    );
  }

  /** The same from the page at `fromPage`, percent-encoded. */
  urlFrom(fromPage: string, source: string): string | undefined {
    const url = this.url(source);
    return url === undefined ? undefined : relativeUrl(fromPage, url);
  }

  isAsset(source: string): boolean {
    return this.#assets.has(source);
  }
}

/** `on-call_rota.md` as a title: "On call rota". */
export function titleOfPath(source: string): string {
  const words = posix
    .basename(withoutExtension(source))
    .replace(/[-_]+/g, ' ')
    .trim();
  return words.charAt(0).toLocaleUpperCase('en') + words.slice(1);
}
