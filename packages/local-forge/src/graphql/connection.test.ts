import fc from 'fast-check';
import { Connection, connectionOf } from './connection';

it('gives every item once when a client follows the cursors', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(), { maxLength: 300 }),
      fc.integer({ min: 1, max: 100 }),
      (items, first) => {
        const seen: number[] = [];
        let after: string | null = null;
        for (;;) {
          const page: Connection<number> = connectionOf(items, {
            first,
            after,
          });
          seen.push(...page.nodes);
          expect(page.totalCount).toBe(items.length);
          if (!page.pageInfo.hasNextPage) {
            break;
          }
          after = page.pageInfo.endCursor;
        }
        expect(seen).toEqual(items);
      },
    ),
  );
});

it('refuses what GitHub refuses', () => {
  expect(() => connectionOf([1], {})).toThrow('`first` or `last`');
  expect(() => connectionOf([1], { first: 101 })).toThrow('exceeds');
  expect(() => connectionOf([1], { first: 1, after: 'odd' })).toThrow(
    'not a valid cursor',
  );
});
