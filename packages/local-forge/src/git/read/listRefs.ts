import { isoFromSeconds } from './parseCommit';
import { runGit } from '../runGit';
import { GitRef, GitRefPath } from './types';
import { isAbbreviatedSha, isRefName, isSha } from './validate';

const FORMAT = [
  '%(refname:strip=2)',
  '%(objecttype)',
  '%(objectname)',
  '%(*objecttype)',
  '%(*objectname)',
  '%(creatordate:unix)',
].join('%00');

/** Branches by name, or tags newest first. Tags that do not lead to a commit are left out. */
export async function listRefs(
  repository: string,
  kind: 'heads' | 'tags',
): Promise<GitRef[]> {
  const { stdout } = await runGit(
    [
      'for-each-ref',
      `--sort=${kind === 'tags' ? '-creatordate' : 'refname'}`,
      `--format=${FORMAT}`,
      `refs/${kind}/`,
    ],
    { gitDir: repository },
  );
  const refs: GitRef[] = [];
  for (const line of stdout.toString('utf8').split('\n')) {
    const [name, type, sha, targetType, target, date] = line.split('\0');
    const commit =
      (type === 'commit' && sha) || (targetType === 'commit' && target);
    if (name && commit) {
      refs.push({ name, sha: commit, date: isoFromSeconds(Number(date)) });
    }
  }
  return refs;
}

/** The names under which Git may know a reference, the likeliest first; none for what cannot be a name. */
export function* refCandidates(ref: string): Generator<string> {
  if (ref === 'HEAD' || isSha(ref)) {
    yield ref;
    return;
  }
  if (!isRefName(ref)) {
    return;
  }
  if (ref.startsWith('refs/')) {
    yield ref;
  }
  yield `refs/heads/${ref}`;
  yield `refs/tags/${ref}`;
  if (/^(heads|tags|pull)\//.test(ref)) {
    yield `refs/${ref}`;
  }
  if (isAbbreviatedSha(ref)) {
    yield ref;
  }
}

/** See `GitReader.splitRefPath`. */
export async function splitRefPath(
  reader: { resolve(ref: string): Promise<string | undefined> },
  value: string,
): Promise<GitRefPath | undefined> {
  const segments = value.replace(/^\/+|\/+$/g, '').split('/');
  // Git cannot hold both `a` and `a/b` as branches, but a tag and a branch may overlap: the longest wins.
  for (let count = Math.min(segments.length, 20); count > 0; count--) {
    const ref = segments.slice(0, count).join('/');
    const sha = ref ? await reader.resolve(ref) : undefined;
    if (sha) {
      return { ref, sha, path: segments.slice(count).join('/') };
    }
  }
  return undefined;
}
