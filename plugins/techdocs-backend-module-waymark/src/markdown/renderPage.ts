import hljs from 'highlight.js/lib/common';
import MarkdownIt from 'markdown-it';
import { parse } from 'yaml';
import { escapeHtml } from '../output/escapeHtml';
import { admonitions } from './admonitions';
import { Heading, headingAnchors, plainText } from './headings';
import { Place, siteLinks } from './links';
import { taskLists } from './taskLists';

/** The text below a heading, up to the next heading of any level. */
export interface Section {
  /** Missing for what stands before the first heading. */
  heading?: Heading;
  text: string;
}

/** A Markdown document as a page. */
export interface RenderedPage {
  /** Of the front matter, else the first heading of level one; undefined when there is neither. */
  title?: string;
  html: string;
  headings: Heading[];
  sections: Section[];
}

/** Colouring takes time by the square of some blocks. */
const MAX_HIGHLIGHTED_CHARACTERS = 100_000;
const FRONT_MATTER =
  /^---[ \t]*\r?\n([\s\S]*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/;

function highlight(code: string, language: string): string {
  const isKnown = Boolean(language && hljs.getLanguage(language));
  return isKnown && code.length <= MAX_HIGHLIGHTED_CHARACTERS
    ? hljs.highlight(code, { language, ignoreIllegals: true }).value
    : escapeHtml(code);
}

function createMarkdown(): MarkdownIt {
  const markdown = new MarkdownIt({ html: false, linkify: true });
  markdown.use(admonitions).use(taskLists).use(siteLinks).use(headingAnchors);
  markdown.renderer.rules.fence = (tokens, index) => {
    const { info, content } = tokens[index];
    const [language] = info.trim().split(/[\s{]/);
    return `<div class="highlight"><pre><code>${highlight(
      content,
      language,
    )}</code></pre></div>\n`;
  };
  markdown.renderer.rules.code_block = (tokens, index) =>
    `<div class="highlight"><pre><code>${escapeHtml(
      tokens[index].content,
    )}</code></pre></div>\n`;
  // A wide table scrolls by itself, and by keyboard.
  markdown.renderer.rules.table_open = () =>
    '<div class="md-typeset__scrollwrap" tabindex="0" role="region" aria-label="Table"><div class="md-typeset__table"><table>';
  markdown.renderer.rules.table_close = () => '</table></div></div>\n';
  return markdown;
}

const renderer = createMarkdown();

function splitFrontMatter(text: string, place: Place) {
  const match = FRONT_MATTER.exec(text);
  if (!match) {
    return { body: text };
  }
  try {
    const { title } = Object(parse(match[1])) as { title?: unknown };
    return {
      body: text.slice(match[0].length),
      title: typeof title === 'string' ? title : undefined,
    };
  } catch (error) {
    place.log(
      `${place.source} begins with metadata that is not YAML: ${error}`,
    );
    return { body: text.slice(match[0].length) };
  }
}

/** Renders one document. HTML in it is shown as text, never interpreted. */
export function renderPage(text: string, place: Place): RenderedPage {
  const { body, title } = splitFrontMatter(text.replace(/^\uFEFF/, ''), place);
  const env: { place: Place; headings: Heading[] } = { place, headings: [] };
  const tokens = renderer.parse(body, env);

  const headings = env.headings.values();
  const sections: Section[] = [{ text: '' }];
  let isHeading = false;
  for (const token of tokens) {
    if (token.type === 'heading_open') {
      isHeading = true;
      sections.push({ heading: headings.next().value, text: '' });
    } else if (isHeading) {
      isHeading = token.type !== 'heading_close';
    } else if (token.content) {
      const section = sections[sections.length - 1];
      section.text = `${section.text} ${plainText(token)}`.trim();
    }
  }
  return {
    title: title ?? env.headings.find(({ level }) => level === 1)?.text,
    html: renderer.renderer.render(tokens, renderer.options, env),
    headings: env.headings,
    sections,
  };
}
