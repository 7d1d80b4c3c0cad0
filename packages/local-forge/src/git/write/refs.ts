import { GitHubApiError } from '../../errors';
import { runGit } from '../runGit';

/** A ref that moved: created when `before` is zeros, deleted when `after` is. */
export interface RefChange {
  ref: string;
  before: string;
  after: string;
}

/** What git writes for "no object". */
export const NO_OBJECT = '0'.repeat(40);

/** All refs of a repository with the object they name. */
export async function readRefs(gitDir: string): Promise<Map<string, string>> {
  const { stdout } = await runGit(
    ['for-each-ref', '--format=%(objectname) %(refname)'],
    { gitDir },
  );
  const refs = new Map<string, string>();
  for (const line of stdout.toString('utf8').split('\n')) {
    const space = line.indexOf(' ');
    if (space > 0) {
      refs.set(line.slice(space + 1), line.slice(0, space));
    }
  }
  return refs;
}

/** What changed between two states of {@link readRefs}. */
export function compareRefs(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): RefChange[] {
  const changes: RefChange[] = [];
  for (const [ref, sha] of after) {
    const old = before.get(ref) ?? NO_OBJECT;
    if (old !== sha) {
      changes.push({ ref, before: old, after: sha });
    }
  }
  for (const [ref, sha] of before) {
    if (!after.has(ref)) {
      changes.push({ ref, before: sha, after: NO_OBJECT });
    }
  }
  return changes;
}

/**
 * Moves a ref if it still is where the caller saw it.
 *
 * @throws GitHubApiError 409 when somebody else moved it in between.
 */
export async function moveRef(
  gitDir: string,
  change: RefChange,
): Promise<void> {
  const args =
    change.after === NO_OBJECT
      ? ['update-ref', '-d', change.ref, change.before]
      : ['update-ref', change.ref, change.after, change.before];
  const outcome = await runGit(args, { gitDir, acceptedCodes: [1, 128] });
  if (outcome.code !== 0) {
    throw new GitHubApiError(
      409,
      `${change.ref} was moved by someone else, or conflicts with another ref`,
    );
  }
}
