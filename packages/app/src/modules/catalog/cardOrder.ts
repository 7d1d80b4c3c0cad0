/** Cards of the overview, the most urgent first; those that are not named follow in the order of their plugins. */
const order = [
  'entity-card:operate/operate',
  'entity-card:scorecards/scores',
  'entity-card:org/ownership',
  'entity-card:org/members-list',
  'entity-card:catalog/has-systems',
  'entity-card:catalog/has-components',
  'entity-card:api-docs/has-apis',
  'entity-card:api-docs/providing-components',
  'entity-card:api-docs/consuming-components',
  'entity-card:catalog/depends-on-components',
  'entity-card:catalog/depends-on-resources',
  'entity-card:catalog/dependants',
  'entity-card:catalog/about',
  'entity-card:golden-paths/create-here',
  'entity-card:catalog/links',
  'entity-card:catalog-graph/relations',
];

/** Puts the cards of an entity's overview in order, whatever order their plugins were found in. */
export function orderCards<T extends { node: { spec: { id: string } } }>(
  cards: readonly T[],
): T[] {
  const rank = (card: T) => {
    const index = order.indexOf(card.node.spec.id);
    return index < 0 ? order.length : index;
  };
  return [...cards].sort((a, b) => rank(a) - rank(b));
}
