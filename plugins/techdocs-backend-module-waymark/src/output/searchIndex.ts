import { RenderedPage } from '../markdown/renderPage';
import { escapeHtml } from './escapeHtml';

/** `search/search_index.json`, in the format of MkDocs that the search collator of TechDocs reads. */
export interface SearchIndex {
  config: { lang: string[]; separator: string; pipeline: string[] };
  /** `text` and `title` are HTML-escaped: the collator unescapes them. */
  docs: { location: string; title: string; text: string }[];
}

/**
 * One entry for each page with the text before its first section, and one for each section below.
 *
 * @param pages - `url` is the address of the page from the root of the site, `title` its title in the navigation
 */
export function buildSearchIndex(
  pages: { url: string; title: string; page: RenderedPage }[],
): SearchIndex {
  const docs = pages.flatMap(({ url, title, page }) => {
    const isOpening = ({ level }: { level: number }) => level === 1;
    const first = page.sections.findIndex(
      ({ heading }) => heading && !isOpening(heading),
    );
    const split = first < 0 ? page.sections.length : first;
    const opening = page.sections.slice(0, split);
    return [
      {
        location: url,
        title,
        text: opening
          .map(({ text }) => text)
          .filter(Boolean)
          .join(' '),
      },
      ...page.sections.slice(split).map(({ heading, text }) => ({
        location: `${url}#${heading?.id}`,
        title: heading?.text ?? title,
        text,
      })),
    ].map(entry => ({
      location: encodeURI(entry.location),
      title: escapeHtml(entry.title),
      text: escapeHtml(entry.text),
    }));
  });
  return {
    config: {
      lang: ['en'],
      separator: '[\\s\\-]+',
      pipeline: ['stopWordFilter'],
    },
    docs,
  };
}
