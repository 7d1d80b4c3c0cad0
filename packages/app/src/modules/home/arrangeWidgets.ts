/** Widgets of the wide column, by name: `MyWork` is the place of what people are asked to do. */
const workOrder = ['MyWork', 'NeedsAttention', 'MyScores', 'Owned'];
/** Widgets of the narrow column, by name. */
const atHandOrder = ['UnreadNotifications', 'MyRuns', 'Starred', 'Recent'];
/** Search has its place beside the greeting. */
const placedElsewhere = ['HomePageSearchBar'];

/** Sorts widgets into the two columns; one that is not known goes to the end of the wide column. */
export function arrangeWidgets<T extends { name?: string }>(
  widgets: readonly T[],
): { work: T[]; atHand: T[] } {
  const inOrder = (order: string[]) =>
    order.flatMap(name => widgets.filter(widget => widget.name === name));
  const known = [...workOrder, ...atHandOrder, ...placedElsewhere];
  const others = widgets.filter(widget => !known.includes(widget.name ?? ''));
  return {
    work: [...inOrder(workOrder), ...others],
    atHand: inOrder(atHandOrder),
  };
}
