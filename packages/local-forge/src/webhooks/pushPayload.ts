import { Json, RestRepository } from '../social/types';
import { runGit } from '../git/runGit';
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

/**
 * The payload of GitHub's `push` event for one ref change.
 *
 * @param others - ids of the other branches' heads: a new branch brings only
 * the commits that are not in one of them.
 */
export async function pushPayload(options: {
  gitDir: string;
  change: RefChange;
  others: readonly string[];
  repository: RestRepository;
  sender: Json;
  email: string;
  loginOf(email: string): string | undefined;
}): Promise<Json> {
  const { change, repository, sender } = options;
  const created = change.before === NO_OBJECT;
  const deleted = change.after === NO_OBJECT;
  const commits = deleted ? [] : await listCommits(options);
  const render = (commit: ListedCommit) => ({
    ...commit,
    distinct: true,
    url: `${repository.html_url}/commit/${commit.id}`,
    author: withLogin(commit.author, options.loginOf),
    committer: withLogin(commit.committer, options.loginOf),
  });
  const rendered = commits.map(render);
  const head = rendered.find(commit => commit.id === change.after) ?? null;
  const range = created
    ? change.after.slice(0, 12)
    : `${change.before.slice(0, 12)}...${change.after.slice(0, 12)}`;
  return {
    ref: change.ref,
    before: change.before,
    after: change.after,
    base_ref: null,
    created,
    deleted,
    forced: false,
    compare: `${repository.html_url}/compare/${range}`,
    commits: rendered,
    head_commit: head,
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

async function listCommits(options: {
  gitDir: string;
  change: RefChange;
  others: readonly string[];
}): Promise<ListedCommit[]> {
  const { change } = options;
  const exclude =
    change.before === NO_OBJECT ? options.others : [change.before];
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
      change.after,
      ...exclude.map(sha => `^${sha}`),
      '--',
    ],
    { gitDir: options.gitDir, acceptedCodes: [128] },
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
