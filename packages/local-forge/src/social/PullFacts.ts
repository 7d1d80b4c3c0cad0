import { GitFileDiff, GitReader } from '../git/read';

/** What Git says about a head and a base. */
export interface PullGitFacts {
  mergeBase?: string;
  commits: number;
  behind: number;
  files: GitFileDiff[];
  clean: boolean;
  conflicts: string[];
}

const MAX_KNOWN = 200;
const known = new Map<string, Promise<PullGitFacts>>();

/** Compares head and base; answers are kept, for two commits never change. */
export async function compareForPull(
  reader: GitReader,
  base: string,
  head: string,
): Promise<PullGitFacts> {
  const key = `${reader.path}@${base}...${head}`;
  let facts = known.get(key);
  if (!facts) {
    if (known.size >= MAX_KNOWN) {
      known.clear();
    }
    facts = compare(reader, base, head);
    known.set(key, facts);
    facts.catch(() => known.delete(key));
  }
  return await facts;
}

async function compare(
  reader: GitReader,
  base: string,
  head: string,
): Promise<PullGitFacts> {
  const [mergeBase, distance, files, merge] = await Promise.all([
    reader.mergeBase(base, head),
    reader.aheadBehind(base, head),
    reader.diff(base, head, { mergeBase: true }),
    reader.mergeable(base, head),
  ]);
  return {
    mergeBase,
    commits: distance.ahead,
    behind: distance.behind,
    files,
    clean: merge.clean,
    conflicts: merge.conflicts,
  };
}
