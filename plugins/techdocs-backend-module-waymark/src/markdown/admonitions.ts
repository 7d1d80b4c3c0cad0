import type MarkdownIt from 'markdown-it';

type BlockRule = Parameters<MarkdownIt['block']['ruler']['before']>[2];

const OPENING =
  /^(!!!|\?\?\?\+?)[ \t]+([\w-]+(?:[ \t]+[\w-]+)*)(?:[ \t]+"(.*)")?[ \t]*$/;
const CONTENT_INDENT = 4;

/**
 * Admonitions as MkDocs writes them: `!!! note "Title"` with its content indented by four spaces below; `???` is a folded
 * one and `???+` an unfolded one. Without a title the type is the title, and `""` is none.
 */
const admonition: BlockRule = (state, startLine, endLine, silent) => {
  if (state.sCount[startLine] - state.blkIndent >= CONTENT_INDENT) {
    return false;
  }
  const line = state.src.slice(
    state.bMarks[startLine] + state.tShift[startLine],
    state.eMarks[startLine],
  );
  const match = OPENING.exec(line);
  if (!match) {
    return false;
  }
  if (silent) {
    return true;
  }
  const [, marker, types, givenTitle] = match;
  const contentIndent = state.sCount[startLine] + CONTENT_INDENT;
  let nextLine = startLine + 1;
  let lastLine = nextLine;
  while (nextLine < endLine) {
    if (!state.isEmpty(nextLine)) {
      if (state.sCount[nextLine] < contentIndent) {
        break;
      }
      lastLine = nextLine + 1;
    }
    nextLine++;
  }

  const [type] = types.split(/\s/);
  const title = givenTitle ?? type.charAt(0).toUpperCase() + type.slice(1);
  const folds = marker.startsWith('?');
  const tag = folds ? 'details' : 'div';
  const open = state.push('admonition_open', tag, 1);
  open.block = true;
  open.map = [startLine, lastLine];
  open.attrSet('class', folds ? types : `admonition ${types}`);
  if (marker === '???+') {
    open.attrSet('open', '');
  }
  if (title || folds) {
    const titleTag = folds ? 'summary' : 'p';
    const titleOpen = state.push('admonition_title_open', titleTag, 1);
    if (!folds) {
      titleOpen.attrSet('class', 'admonition-title');
    }
    const text = state.push('inline', '', 0);
    text.content = title || type;
    text.children = [];
    text.map = [startLine, startLine + 1];
    state.push('admonition_title_close', titleTag, -1);
  }

  const { blkIndent, parentType, lineMax } = state;
  state.blkIndent = contentIndent;
  state.lineMax = lastLine;
  state.md.block.tokenize(state, startLine + 1, lastLine);
  state.blkIndent = blkIndent;
  state.parentType = parentType;
  state.lineMax = lineMax;
  state.line = lastLine;
  state.push('admonition_close', tag, -1).block = true;
  return true;
};

/** Teaches markdown-it admonitions. */
export function admonitions(markdown: MarkdownIt): void {
  markdown.block.ruler.before('fence', 'admonition', admonition, {
    alt: ['paragraph', 'reference', 'blockquote', 'list'],
  });
}
