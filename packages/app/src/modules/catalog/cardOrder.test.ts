import { orderCards } from './cardOrder';

const card = (id: string) => ({ node: { spec: { id } } });

describe('orderCards', () => {
  it('puts the Operate card first and cards it does not know last, in their own order', () => {
    const cards = [
      card('entity-card:new/b'),
      card('entity-card:catalog/about'),
      card('entity-card:new/a'),
      card('entity-card:operate/operate'),
    ];
    expect(orderCards(cards).map(({ node }) => node.spec.id)).toEqual([
      'entity-card:operate/operate',
      'entity-card:catalog/about',
      'entity-card:new/b',
      'entity-card:new/a',
    ]);
    expect(cards[0].node.spec.id).toBe('entity-card:new/b');
  });
});
