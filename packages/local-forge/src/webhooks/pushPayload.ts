import { Json, RestRepository } from '../social/types';
import { gitText, runGit } from '../git/runGit';
import { moveKindOf } from '../git/write/moves';
import { NO_OBJECT, RefChange } from '../git/write/refs';

/** GitHub lists at most this many commits in a push. */
const MAX_COMMITS = 2_048;

interface ListedCommit {
  id: string;
  tree_id: string;
  message: string;
  timestamp: string;
  author: { name: string; email: string; username?: string };
  committer: { name: string; email: string; username?: string };
  added: string[];
  removed: string[];
  modified: string[];
}

/** The ref change that a payload tells of, and what else the repository holds. */
interface Push {
  gitDir: string;
  change: RefChange;
  /** The other branches: what is in one of them is not new. */
  others: ReadonlyMap<string, string>;
}

/**
 * The payload of GitHub's `push` event for one ref change.
 *
 * @remarks
 * As at GitHub, `commits` are those that `after` has and `before` has not (for a
 * new ref: that no other branch has), so a rewind and a deletion list none;
 * what they took away, a receiver learns from `forced` and `deleted`.
 */
export async function pushPayload(
  options: Push & {
    repository: RestRepository;
    sender: Json;
    email: string;
    loginOf(email: string): string | undefined;
  },
): Promise<Json> {
  const { change, repository, sender } = options;
  const kind = await moveKindOf(options.gitDir, change);
  const created = kind === 'create';
  const deleted = kind === 'delete';
  const tip = deleted ? undefined : await commitOf(options);
  const commits = tip ? await newCommits(options) : [];
  const head = tip ? await headCommit(options, commits, tip) : undefined;
  const baseRef =
    created && tip ? baseRefOf(options, repository.default_branch, tip) : null;
  const fresh = tip ? await distinctIds(options) : new Set<string>();
  const render = (commit: ListedCommit) => ({
    ...commit,
    distinct: fresh.has(commit.id),
    url: `${repository.html_url}/commit/${commit.id}`,
    author: withLogin(commit.author, options.loginOf),
    committer: withLogin(commit.committer, options.loginOf),
  });
  return {
    ref: change.ref,
    before: change.before,
    after: change.after,
    base_ref: baseRef,
    created,
    deleted,
    forced: kind === 'force',
    compare: `${repository.html_url}/${comparison(change, commits)}`,
    commits: commits.map(render),
    head_commit: head ? render(head) : null,
    repository: {
      ...repository,
      owner: {
        ...repository.owner,
        name: repository.owner.login,
        email: null,
      },
      master_branch: repository.default_branch,
    },
    pusher: { name: sender.login, email: options.email },
    ...(repository.owner.type === 'Organization'
      ? { organization: repository.owner }
      : {}),
    sender,
  };
}

/** Path of the page that shows the change: GitHub's form for each kind. */
function comparison(
  change: RefChange,
  commits: readonly ListedCommit[],
): string {
  if (change.before !== NO_OBJECT) {
    return `compare/${short(change.before)}...${short(change.after)}`;
  }
  const [first] = commits;
  switch (commits.length) {
    case 0:
      return `compare/${change.ref.replace(/^refs\/(heads|tags)\//, '')}`;
    case 1:
      return `commit/${short(first.id)}`;
    default:
      return `compare/${short(first.id)}^...${short(change.after)}`;
  }
}

function short(sha: string): string {
  return sha.slice(0, 12);
}

/** The branch that a new ref was made at, the default branch before others. */
function baseRefOf(
  { others }: Push,
  defaultBranch: string,
  head: string,
): string | null {
  const preferred = `refs/heads/${defaultBranch}`;
  if (others.get(preferred) === head) {
    return preferred;
  }
  const found = [...others].find(([, sha]) => sha === head);
  return found?.[0] ?? null;
}

async function newCommits(push: Push): Promise<ListedCommit[]> {
  const { before, after } = push.change;
  const known = before === NO_OBJECT ? [...push.others.values()] : [before];
  return await listCommits(push.gitDir, [
    after,
    ...known.map(sha => `^${sha}`),
  ]);
}

/** The commit that the ref now leads to; a tag may lead to something else. */
async function commitOf(push: Push): Promise<string | undefined> {
  const commit = await gitText(
    ['rev-parse', '--verify', '--quiet', `${push.change.after}^{commit}`],
    { gitDir: push.gitDir, acceptedCodes: [1, 128] },
  );
  return commit || undefined;
}

/** The commit `tip`, whether or not the push brought it. */
async function headCommit(
  push: Push,
  commits: readonly ListedCommit[],
  tip: string,
): Promise<ListedCommit | undefined> {
  const listed = commits.find(commit => commit.id === tip);
  if (listed) {
    return listed;
  }
  const [head] = await listCommits(push.gitDir, ['--max-count=1', tip]);
  return head;
}

/** Commits that the repository had in no branch before this push. */
async function distinctIds(push: Push): Promise<Set<string>> {
  const { before, after } = push.change;
  const known = [...push.others.values()];
  if (before !== NO_OBJECT) {
    known.push(before);
  }
  const text = await gitText(
    ['rev-list', `--max-count=${MAX_COMMITS}`, after, '--stdin'],
    {
      gitDir: push.gitDir,
      input: known.map(sha => `^${sha}\n`).join(''),
    },
  );
  return new Set(text.split('\n').filter(Boolean));
}

/** Commits of a range of `git log`, oldest first. */
async function listCommits(
  gitDir: string,
  range: readonly string[],
): Promise<ListedCommit[]> {
  const { stdout } = await runGit(
    [
      'log',
      '--reverse',
      `--max-count=${MAX_COMMITS}`,
      '-z',
      '--name-status',
      '--no-renames',
      '--diff-merges=first-parent',
      '--format=%x01%H%x00%T%x00%cI%x00%an%x00%ae%x00%cn%x00%ce%x00%B%x00%x02',
      ...range,
      '--',
    ],
    { gitDir },
  );
  return stdout
    .toString('utf8')
    .split('\x01')
    .slice(1)
    .map(record => parseRecord(record));
}

function parseRecord(record: string): ListedCommit {
  const [head, changes = ''] = record.split('\x02');
  const [id, tree, date, an, ae, cn, ce, message] = head.split('\0');
  const commit: ListedCommit = {
    id,
    tree_id: tree,
    message: message.replace(/\n+$/, ''),
    timestamp: date,
    author: { name: an, email: ae },
    committer: { name: cn, email: ce },
    added: [],
    removed: [],
    modified: [],
  };
  const fields = changes
    .replace(/^[\0\n]+/, '')
    .split('\0')
    .filter(Boolean);
  for (let index = 0; index + 1 < fields.length; index += 2) {
    const path = fields[index + 1];
    const status = fields[index].trim();
    if (status === 'A') {
      commit.added.push(path);
    } else if (status === 'D') {
      commit.removed.push(path);
    } else {
      commit.modified.push(path);
    }
  }
  return commit;
}

function withLogin(
  person: { name: string; email: string },
  loginOf: (email: string) => string | undefined,
) {
  const username = loginOf(person.email);
  return username ? { ...person, username } : person;
}
