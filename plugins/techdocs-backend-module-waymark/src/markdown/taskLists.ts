import type MarkdownIt from 'markdown-it';

const BOX = /^\[([ xX])\]\s+/;

/** Teaches markdown-it task lists: `- [ ] to do` and `- [x] done`. */
export function taskLists(markdown: MarkdownIt): void {
  markdown.core.ruler.after('inline', 'task-lists', state => {
    state.tokens.forEach((token, index) => {
      const item = state.tokens[index - 2];
      const [first] = token.children ?? [];
      const match = BOX.exec(first?.content ?? '');
      if (
        token.type !== 'inline' ||
        item?.type !== 'list_item_open' ||
        first?.type !== 'text' ||
        !match
      ) {
        return;
      }
      item.attrJoin('class', 'task-list-item');
      first.content = first.content.slice(match[0].length);
      const isDone = match[1] !== ' ';
      const box = new state.Token('task_box', 'input', 0);
      box.attrs = [
        ['type', 'checkbox'],
        ['disabled', ''],
        ['aria-label', isDone ? 'Done' : 'To do'],
      ];
      if (isDone) {
        box.attrSet('checked', '');
      }
      token.children?.unshift(box);
    });
  });
}
