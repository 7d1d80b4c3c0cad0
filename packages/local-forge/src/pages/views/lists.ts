import { Html, html } from '../html';

/** Which pull requests or issues a list shows. */
export type ListState = 'open' | 'closed' | 'all';

/** The state a query asks for; open when it names none that exists. */
export function readState(value: unknown): ListState {
  return value === 'closed' || value === 'all' ? value : 'open';
}

/** Links between the open, the closed and all. */
export function stateFilter(path: string, state: ListState): Html {
  const link = (value: ListState, label: string) =>
    html`<a
      href="${path}?state=${value}"
      ${value === state && html`aria-current="page"`}
      >${label}</a
    >`;
  return html`<nav class="tabs" aria-label="State">
    ${link('open', 'Open')} ${link('closed', 'Closed')} ${link('all', 'All')}
  </nav>`;
}
