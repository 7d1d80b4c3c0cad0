/** Markup that is safe to send: made by {@link html}, or trusted explicitly by {@link raw}. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template: text is escaped, markup stays, lists are joined, nothing is left out. */
export type HtmlValue =
  | Html
  | string
  | number
  | false
  | undefined
  | readonly HtmlValue[];

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as it may stand between tags and inside quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, character => ENTITIES[character]);
}

function render(value: HtmlValue): string {
  if (value === undefined || value === false) {
    return '';
  }
  if (value instanceof Html) {
    return value.toString();
  }
  if (Array.isArray(value)) {
    return value.map(render).join('');
  }
  return escapeHtml(String(value));
}

/** Builds markup; every value is escaped unless it is markup already. Attribute values must be quoted. */
export function html(
  strings: TemplateStringsArray,
  ...values: HtmlValue[]
): Html {
  let markup = strings[0];
  values.forEach((value, index) => {
    markup += render(value) + strings[index + 1];
  });
  return new Html(markup);
}

/** Markup from a library that escapes by itself (markdown-it, highlight.js). */
export function raw(markup: string): Html {
  return new Html(markup);
}
