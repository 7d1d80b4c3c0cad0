import fc from 'fast-check';
import {
  continueHistory,
  HistoryCommit,
  historyFacts,
  MOST_COMMITS,
} from './commitHistory';

const DAY_MILLIS = 24 * 60 * 60_000;
const BEGIN = Date.parse('2026-11-20T18:00:00Z');

const commit = (
  id: string,
  daysAgo: number,
  author = 'mina',
): HistoryCommit => ({
  id,
  at: new Date(BEGIN - daysAgo * DAY_MILLIS),
  authorKey: author,
  name: `${author} of ${id}`,
  login: author === 'leo' ? 'leo' : null,
});

/** Newest first. */
const someCommits = fc
  .array(
    fc.record({
      daysAgo: fc.double({ min: 0, max: 900, noNaN: true }),
      author: fc.constantFrom('mina', 'leo', 'ida'),
      known: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map(list =>
    list
      .sort((one, other) => one.daysAgo - other.daysAgo)
      .map(({ daysAgo, author, known }, index) => ({
        ...commit(`c${index}`, daysAgo, author),
        // The newest commit is always news.
        known: known && index > 0,
      })),
  );

describe('the history of a folder', () => {
  it('tells days, authors and the last commit', () => {
    const history = continueHistory(undefined, [
      commit('c', 0, 'leo'),
      commit('b', 0.1),
      commit('a', 3),
    ]);
    expect(historyFacts(history)).toEqual({
      commitsByDay: [
        { day: '2026-11-17', commits: 1, authors: 1 },
        { day: '2026-11-20', commits: 2, authors: 2 },
      ],
      authors: [
        { name: 'mina of b', login: null, commits: 2, lastDay: '2026-11-20' },
        { name: 'leo of c', login: 'leo', commits: 1, lastDay: '2026-11-20' },
      ],
      lastCommit: { id: 'c', at: '2026-11-20T18:00:00.000Z', author: 'leo' },
    });
  });

  it('is empty where nobody has changed anything', () => {
    expect(historyFacts(continueHistory(undefined, []))).toEqual({
      commitsByDay: [],
      authors: [],
      lastCommit: null,
    });
  });

  it('is the same whether commits were learned at once or in two parts', () => {
    fc.assert(
      fc.property(someCommits, commits => {
        const known = commits.filter(one => one.known);
        const news = commits.filter(one => !one.known);
        const { authors: followed, ...others } = historyFacts(
          continueHistory(continueHistory(undefined, known), news),
        );
        const { authors, ...expected } = historyFacts(
          continueHistory(undefined, commits),
        );
        expect(others).toEqual(expected);
        // Names are those of the commits that were learned last.
        const counts = (list: typeof authors) =>
          list.map(({ name, ...rest }) => [name.split(' ')[0], rest]);
        expect(counts(followed)).toEqual(counts(authors));
      }),
    );
  });

  it('ends 400 days before the last commit, and not before today', () => {
    const days = historyFacts(
      continueHistory(undefined, [
        commit('c', 1000),
        commit('b', 1400),
        commit('a', 1401),
      ]),
    ).commitsByDay;
    expect(days).toHaveLength(2);
  });

  it('keeps whole days only, and never more than the limit', () => {
    const many = (count: number, daysAgo: number) =>
      Array.from({ length: count }, (_, index) =>
        commit(`${daysAgo}-${index}`, daysAgo),
      );
    const commits = [...many(3000, 0), ...many(1999, 1), ...many(101, 2)];
    const days = (...history: Parameters<typeof continueHistory>) =>
      historyFacts(continueHistory(...history)).commitsByDay.map(
        one => one.commits,
      );
    expect(days(undefined, commits, true)).toEqual([1999, 3000]);
    expect(days(undefined, [...many(3000, 0), ...many(2001, 1)])).toEqual([
      3000,
    ]);
    expect(days(undefined, many(MOST_COMMITS + 100, 0), true)).toEqual([
      MOST_COMMITS + 100,
    ]);
    const before = continueHistory(undefined, commits, true);
    expect(days(before, [commit('new', -1)])).toEqual([1999, 3000, 1]);
    expect(days(before, many(2, -1))).toEqual([3000, 2]);
  });
});
