import hljs from 'highlight.js';
import { Html, escapeHtml, raw } from './html';

/** Above this, in bytes, a file is shown without colours: highlighting takes time that grows with the text. */
const MAX_HIGHLIGHT = 200_000;

const LANGUAGE_BY_NAME: Record<string, string> = {
  dockerfile: 'dockerfile',
  makefile: 'makefile',
  codeowners: 'plaintext',
  'go.mod': 'go',
};

function languageOf(fileName: string): string | undefined {
  const name = fileName.toLowerCase();
  const extension = name.slice(name.lastIndexOf('.') + 1);
  const language = LANGUAGE_BY_NAME[name] ?? (extension || undefined);
  return language && hljs.getLanguage(language) ? language : undefined;
}

/** Cuts highlighted markup into lines; elements that span lines are closed and opened again. */
export function splitLines(markup: string): Html[] {
  const open: string[] = [];
  return markup.split('\n').map(line => {
    const before = open.join('');
    for (const [tag] of line.matchAll(/<span[^>]*>|<\/span>/g)) {
      if (tag === '</span>') {
        open.pop();
      } else {
        open.push(tag);
      }
    }
    return raw(before + line + '</span>'.repeat(open.length));
  });
}

/** Lines of a text as markup, coloured by the language the file name stands for. */
export function highlightLines(text: string, fileName: string): Html[] {
  const language = languageOf(fileName);
  const source = text.replace(/\r\n?/g, '\n').replace(/\n$/, '');
  const markup =
    language && source.length <= MAX_HIGHLIGHT
      ? hljs.highlight(source, { language, ignoreIllegals: true }).value
      : escapeHtml(source);
  return splitLines(markup);
}

/** A block of code inside rendered Markdown. */
export function highlightBlock(text: string, language: string): string {
  return hljs.getLanguage(language) && text.length <= MAX_HIGHLIGHT
    ? hljs.highlight(text, { language, ignoreIllegals: true }).value
    : escapeHtml(text);
}
