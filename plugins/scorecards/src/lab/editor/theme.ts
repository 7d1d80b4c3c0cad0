import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** By the tokens of the portal, so that it follows both themes. */
const surface = EditorView.theme({
  '&': {
    height: '100%',
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-neutral-1)',
    fontSize: 'var(--bui-font-size-2)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--bui-font-monospace)',
    lineHeight: '1.55',
  },
  '.cm-content': { caretColor: 'var(--bui-fg-primary)', padding: '12px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--bui-fg-primary)' },
  '.cm-gutters': {
    color: 'var(--bui-fg-secondary)',
    backgroundColor: 'var(--bui-bg-neutral-1)',
    borderRight: '1px solid var(--bui-border-1)',
  },
  '.cm-gutters .cm-gutterElement': { color: 'var(--bui-fg-secondary)' },
  '.cm-activeLine': {
    backgroundColor:
      'color-mix(in srgb, var(--bui-fg-primary) 4%, transparent)',
  },
  '.cm-activeLineGutter': {
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'transparent',
  },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    {
      backgroundColor:
        'color-mix(in srgb, var(--bui-accent-bg) 28%, transparent)',
    },
  '.cm-matchingBracket, &.cm-focused .cm-matchingBracket': {
    backgroundColor: 'transparent',
    outline: '1px solid var(--bui-border-2)',
  },
  '.cm-selectionMatch': {
    backgroundColor:
      'color-mix(in srgb, var(--bui-fg-primary) 10%, transparent)',
  },
  '.cm-foldPlaceholder': {
    color: 'var(--bui-fg-secondary)',
    backgroundColor: 'transparent',
    border: '1px solid var(--bui-border-2)',
  },
  '.cm-tooltip, .cm-panels': {
    maxWidth: 'min(36rem, 90vw)',
    color: 'var(--bui-fg-primary)',
    backgroundColor: 'var(--bui-bg-popover, var(--bui-bg-neutral-1))',
    border: '1px solid var(--bui-border-2)',
    borderRadius: 'var(--bui-radius-2)',
    fontFamily: 'var(--bui-font-regular)',
  },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 8px' },
  '.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--bui-font-monospace)',
  },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color: 'var(--bui-accent-fg)',
    backgroundColor: 'var(--bui-accent-bg)',
  },
  '.cm-completionDetail': {
    marginLeft: '1em',
    fontStyle: 'normal',
    opacity: '0.85',
  },
  '.cm-completionInfo': { padding: '6px 10px', whiteSpace: 'normal' },
  '.cm-diagnostic': { padding: '6px 10px' },
  '.cm-diagnostic-error': {
    borderLeft: '4px solid var(--bui-fg-negative)',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bui-fg-negative)',
    textUnderlineOffset: '3px',
  },
});

const colours = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--bui-fg-secondary)', fontStyle: 'italic' },
  {
    tag: [tags.atom, tags.propertyName, tags.definition(tags.propertyName)],
    color: 'var(--bui-fg-announcement)',
  },
  { tag: tags.string, color: 'var(--bui-fg-positive)' },
  {
    tag: [tags.number, tags.keyword, tags.bool],
    color: 'var(--bui-fg-warning)',
  },
  { tag: tags.meta, color: 'var(--bui-fg-secondary)' },
]);

/** How the editor looks. */
export const editorTheme = [surface, syntaxHighlighting(colours)];
