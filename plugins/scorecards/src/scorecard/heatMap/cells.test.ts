import { rollupRow } from '../../__testUtils__/scorecards';
import { cellOf, ownerTree } from './cells';

describe('a cell of the heat map', () => {
  it('is the share of what is known, warnings passing, and says what is neither', () => {
    expect(
      cellOf({
        id: 'tests',
        states: { pass: 2, warn: 1, fail: 1, unknown: 5, exempt: 1 },
      }),
    ).toEqual({
      check: 'tests',
      passed: 3,
      known: 4,
      share: 0.75,
      others: [
        { state: 'unknown', entities: 5 },
        { state: 'exempt', entities: 1 },
      ],
    });
  });

  it('has no share where nothing is known', () => {
    const cell = cellOf({ id: 'tests', states: { unknown: 2 } });
    expect(cell).not.toHaveProperty('share');
    expect(cell.others).toEqual([{ state: 'unknown', entities: 2 }]);
  });
});

describe('the tree of owners', () => {
  const tree = (keys: string[], parents: Record<string, string>) =>
    ownerTree(
      keys.map(key => rollupRow(key)),
      key => parents[key],
    ).map(({ row, depth, hasChildren }) => ({
      key: row.key,
      depth,
      hasChildren,
    }));

  it('puts each group below its parent, whatever their order', () => {
    expect(
      tree(['cards', 'payments', 'acme', 'risk'], {
        cards: 'payments',
        payments: 'acme',
        risk: 'acme',
      }),
    ).toEqual([
      { key: 'acme', depth: 0, hasChildren: true },
      { key: 'payments', depth: 1, hasChildren: true },
      { key: 'cards', depth: 2, hasChildren: false },
      { key: 'risk', depth: 1, hasChildren: false },
    ]);
  });

  it('begins a tree where the parent has no row', () => {
    expect(tree(['cards'], { cards: 'payments' })).toEqual([
      { key: 'cards', depth: 0, hasChildren: false },
    ]);
  });

  it('loses nobody to groups that are above themselves', () => {
    const keys = tree(['a', 'b', 'c', 'd'], {
      a: 'b',
      b: 'a',
      c: 'c',
      d: 'a',
    }).map(({ key }) => key);
    expect(keys.sort()).toEqual(['a', 'b', 'c', 'd']);
  });
});
