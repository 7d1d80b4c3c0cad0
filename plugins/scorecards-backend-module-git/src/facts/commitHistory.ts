/** A commit of the default branch. */
export interface HistoryCommit {
  id: string;
  /** When it was committed. */
  at: Date;
  /** Tells authors apart; never kept. */
  email: string;
  name: string;
  login: string | null;
}

/** What the history of a folder comes to. */
export interface HistoryFacts {
  commitsByDay: { day: string; commits: number; authors: number }[];
  authors: {
    name: string;
    login: string | null;
    commits: number;
    lastDay: string;
  }[];
  lastCommit: { id: string; at: string; author: string } | null;
}

const DAY_MILLIS = 24 * 60 * 60_000;
const WINDOW_MILLIS = 400 * DAY_MILLIS;
const MOST_AUTHORS = 100;

/**
 * The first instant of the history that is told. Counted from the last commit and not from today, so that the facts of a
 * repository change only when it does.
 */
export const beginOfWindow = (last: HistoryCommit) =>
  new Date(last.at.getTime() - WINDOW_MILLIS);

/** @param commits - newest first, as the forge lists them */
export function historyFacts(commits: readonly HistoryCommit[]): HistoryFacts {
  const [last] = commits;
  if (!last) {
    return { commitsByDay: [], authors: [], lastCommit: null };
  }
  const begin = beginOfWindow(last);
  const days = new Map<string, { commits: number; authors: Set<string> }>();
  const authors = new Map<string, HistoryFacts['authors'][number]>();
  for (const commit of commits.filter(({ at }) => at >= begin)) {
    const key = commit.login ?? commit.email.toLocaleLowerCase('en-US');
    const date = commit.at.toISOString().slice(0, 10);
    const day = days.get(date) ?? { commits: 0, authors: new Set() };
    day.commits += 1;
    days.set(date, { ...day, authors: day.authors.add(key) });
    const { name, login } = commit;
    const author = authors.get(key) ?? {
      name,
      login,
      commits: 0,
      lastDay: date,
    };
    author.commits += 1;
    author.lastDay = author.lastDay > date ? author.lastDay : date;
    authors.set(key, author);
  }
  return {
    commitsByDay: [...days]
      .map(([day, counted]) => ({
        day,
        commits: counted.commits,
        authors: counted.authors.size,
      }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
    authors: [...authors.values()]
      .sort(
        (one, other) =>
          other.commits - one.commits ||
          ((one.login ?? one.name) < (other.login ?? other.name) ? -1 : 1),
      )
      .slice(0, MOST_AUTHORS),
    lastCommit: {
      id: last.id,
      at: last.at.toISOString(),
      author: last.login ?? last.name,
    },
  };
}
