/** A commit of the default branch. */
export interface HistoryCommit {
  id: string;
  /** When it was committed. */
  at: Date;
  /** Tells authors apart, without an address. */
  authorKey: string;
  name: string;
  login: string | null;
}

/** The commits that changed a folder, counted, so that it can be kept and continued without them. */
export interface FolderHistory {
  last: { id: string; at: string; author: string };
  /** Commits by day (UTC) and key of the author. */
  days: Record<string, Record<string, number>>;
  /** By key. */
  authors: Record<string, { name: string; login: string | null }>;
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

/** Most commits of a history. */
export const MOST_COMMITS = 5_000;

const DAY_MILLIS = 24 * 60 * 60_000;
const WINDOW_MILLIS = 400 * DAY_MILLIS;
const MOST_AUTHORS = 100;

const dayOf = (at: Date) => at.toISOString().slice(0, 10);

/**
 * The first day of the history that is told. Counted from the last commit and not from today, so that the facts of a
 * repository change only when it does.
 */
export const firstDay = (last: { at: Date }) =>
  dayOf(new Date(last.at.getTime() - WINDOW_MILLIS));

/** Whether a commit lies in the window that ends with the last one. */
export const isRecent = (commit: { at: Date }, last: { at: Date }) =>
  dayOf(commit.at) >= firstDay(last);

const total = (counts: Iterable<number>) =>
  [...counts].reduce((sum, count) => sum + count, 0);

/**
 * A history with further commits.
 *
 * @param before - what it was; undefined when there was nothing
 * @param commits - those that are new, newest first, as the forge lists them
 * @param cut - there are older ones that were not listed, so that the first day is not whole
 */
export function continueHistory(
  before: FolderHistory | undefined,
  commits: readonly HistoryCommit[],
  cut = false,
): FolderHistory | undefined {
  const [last] = commits;
  if (!last) {
    return before;
  }
  const days = new Map(
    Object.entries(before?.days ?? {}).map(([day, counts]) => [
      day,
      new Map(Object.entries(counts)),
    ]),
  );
  const authors = new Map(Object.entries(before?.authors ?? {}));
  // Oldest first, so that what the newest commit calls its author stands.
  for (const { at, authorKey, name, login } of [...commits].reverse()) {
    const day = days.get(dayOf(at)) ?? new Map<string, number>();
    day.set(authorKey, (day.get(authorKey) ?? 0) + 1);
    days.set(dayOf(at), day);
    authors.set(authorKey, { name, login });
  }
  const kept = daysKept(days, firstDay(last), cut);
  const active = new Set(kept.flatMap(([, counts]) => [...counts.keys()]));
  return {
    last: {
      id: last.id,
      at: last.at.toISOString(),
      author: last.login ?? last.name,
    },
    days: Object.fromEntries(
      kept.map(([day, counts]) => [day, Object.fromEntries(counts)]),
    ),
    authors: Object.fromEntries(
      [...authors].filter(([key]) => active.has(key)),
    ),
  };
}

type Days = [day: string, counts: Map<string, number>][];

/** Whole days only, newest first: as many as there may be. The newest one is always there. */
function daysKept(
  days: Map<string, Map<string, number>>,
  first: string,
  cut: boolean,
): Days {
  const sorted = [...days].sort(([one], [other]) => (one > other ? -1 : 1));
  const whole = cut && sorted.length > 1 ? sorted.slice(0, -1) : sorted;
  let commits = 0;
  const end = whole.findIndex(([day, counts], index) => {
    commits += total(counts.values());
    return index > 0 && (day < first || commits > MOST_COMMITS);
  });
  return end < 0 ? whole : whole.slice(0, end);
}

/** @param history - undefined when there is no commit */
export function historyFacts(history: FolderHistory | undefined): HistoryFacts {
  if (!history) {
    return { commitsByDay: [], authors: [], lastCommit: null };
  }
  const days = Object.entries(history.days).sort(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const authors = new Map<string, { commits: number; lastDay: string }>();
  for (const [day, counts] of days) {
    for (const [key, count] of Object.entries(counts)) {
      const commits = (authors.get(key)?.commits ?? 0) + count;
      authors.set(key, { commits, lastDay: day });
    }
  }
  return {
    commitsByDay: days.map(([day, counts]) => ({
      day,
      commits: total(Object.values(counts)),
      authors: Object.keys(counts).length,
    })),
    authors: [...authors]
      .map(([key, counted]) => ({ ...history.authors[key], ...counted }))
      .sort(
        (one, other) =>
          other.commits - one.commits ||
          ((one.login ?? one.name) < (other.login ?? other.name) ? -1 : 1),
      )
      .slice(0, MOST_AUTHORS),
    lastCommit: history.last,
  };
}
