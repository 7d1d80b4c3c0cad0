import type MarkdownIt from 'markdown-it';

/** A heading of a page. */
export interface Heading {
  level: number;
  id: string;
  text: string;
}

type Token = ReturnType<MarkdownIt['parse']>[number];

/** What a reader sees of a token, without markup. */
export function plainText(token: Token): string {
  switch (token.type) {
    case 'softbreak':
    case 'hardbreak':
      return ' ';
    case 'link_open':
    case 'link_close':
    case 'task_box':
    case 'headerlink_sign':
      return '';
    case 'inline':
      return (token.children ?? []).map(plainText).join('');
    default:
      return token.content;
  }
}

/** The anchor that Python-Markdown gives to a heading, but letters beyond ASCII stay. */
function slugify(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}_\s-]/gu, '')
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, '-');
}

/** Gives every heading an `id` and a link to itself, and lists them in `env.headings`. */
export function headingAnchors(markdown: MarkdownIt): void {
  markdown.core.ruler.push('heading-anchors', state => {
    const seen = new Set<string>();
    const headings: Heading[] = [];
    state.tokens.forEach((token, index) => {
      if (token.type !== 'heading_open') {
        return;
      }
      const inline = state.tokens[index + 1];
      const text = plainText(inline);
      const slug = slugify(text);
      let id = slug;
      for (let count = 1; id === '' || seen.has(id); count++) {
        id = `${slug}_${count}`;
      }
      seen.add(id);
      headings.push({ level: Number(token.tag.slice(1)), id, text });
      token.attrSet('id', id);

      const open = new state.Token('link_open', 'a', 1);
      open.attrs = [
        ['class', 'headerlink'],
        ['href', `#${encodeURIComponent(id)}`],
        ['title', 'Permanent link'],
        ['aria-label', `Permanent link to ${text}`],
      ];
      const sign = new state.Token('headerlink_sign', '', 0);
      const close = new state.Token('link_close', 'a', -1);
      inline.children?.push(open, sign, close);
    });
    state.env.headings = headings;
  });
  markdown.renderer.rules.headerlink_sign = () => '¶';
}
