import { formatSort, parseSort, sortBy } from './sort';

const isColumn = (name: string): name is 'name' | 'points' =>
  ['name', 'points'].includes(name);
const usual = { column: 'name', direction: 'up' } as const;

describe('sorting', () => {
  it.each(['points', '-points', 'name'])('reads %s as it was written', text => {
    expect(formatSort(parseSort(text, isColumn, usual))).toBe(text);
  });

  it.each([null, '', '-', 'colour', '--points'])(
    'takes %p for the usual',
    text => {
      expect(parseSort(text, isColumn, usual)).toBe(usual);
    },
  );

  it('puts what has no value last, either way, and keeps equal ones in their order', () => {
    const rows = [
      { name: 'd', points: null },
      { name: 'c', points: 0.5 },
      { name: 'b', points: 1 },
      { name: 'a', points: 0.5 },
    ];
    const names = (direction: 'up' | 'down') =>
      sortBy(
        rows,
        direction,
        row => row.points,
        row => row.name,
      )
        .map(({ name }) => name)
        .join('');
    expect(names('up')).toBe('acbd');
    expect(names('down')).toBe('bacd');
  });
});
