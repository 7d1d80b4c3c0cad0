/** A serious fault in a component of Backstage that cannot be mended from outside without replacing the component. */
export interface KnownFault {
  /** The pages, by the names of `PAGES`. */
  pages: string[];
  /** The rule of axe. */
  rule: string;
  /** The elements that break it. */
  selector: string;
  why: string;
  /** It comes and goes by itself, so that it need not be there. */
  isPassing?: true;
}

/**
 * What the accessibility test excuses: no more than these elements. An entry that a page does not need any more fails the
 * test of that page, so that the list only shrinks.
 */
export const KNOWN_FAULTS: KnownFault[] = [
  {
    pages: [
      'create',
      'template form',
      'service form',
      'runs',
      'editor',
      'settings',
      'task',
      'result',
    ],
    rule: 'aria-valid-attr-value',
    selector: 'a.bui-Tab[aria-selected=true]',
    why: 'the tabs of BUI are links: aria-controls of the chosen one names a panel that a link has not',
  },
  {
    pages: ['graph'],
    rule: 'label',
    selector: 'input[id^=mui-][aria-autocomplete=list]',
    why: 'the fields for kinds and relations have a label that is not tied to them',
  },
  {
    pages: ['OpenAPI'],
    rule: 'nested-interactive',
    selector: '.opblock-summary-control',
    why: 'Swagger UI puts a link into the button that opens an operation',
  },
  {
    pages: ['docs'],
    rule: 'nested-interactive',
    selector: '.MuiTableSortLabel-root',
    why: 'the table of core-components puts a sort button into a header that can be dragged, itself a button',
  },
  {
    pages: ['notifications'],
    rule: 'aria-command-name',
    selector: '[data-rbd-draggable-id]',
    why: 'the headers of that table can be dragged and have no text',
  },
  {
    pages: ['search'],
    rule: 'listitem',
    selector: 'li.MuiListItem-root',
    why: 'results are list items in a list that is not one',
  },
  {
    pages: ['exemption requested'],
    rule: 'role-img-alt',
    selector: '[data-live-announcer] [role=img][aria-labelledby]',
    why: 'a button that waits is announced by its id for seconds, in which it goes with its dialog',
    isPassing: true,
  },
];
