import { ForgeContext } from '../ForgeContext';
import { GitCommit, GitReader, GitTreeEntry } from '../git/read';
import { nodeId } from '../rest/formatCommit';
import { Json, RestPull, RestRepository } from '../social/types';
import { ConnectionArguments, connectionOf } from './connection';

const MAX_KNOWN = 2_000;
const MAX_KNOWN_BYTES = 64 * 1024;
const entries = new Map<string, GitTreeEntry | undefined>();
const contents = new Map<string, Buffer>();

/**
 * What is at a path of a commit. Discovery asks the same of every repository
 * again and again, and what a commit holds never changes.
 */
async function entryAt(
  reader: GitReader,
  commit: string,
  path: string,
): Promise<GitTreeEntry | undefined> {
  const key = `${reader.path}@${commit}:${path}`;
  if (!entries.has(key)) {
    const entry = await reader.entry(commit, path);
    if (entries.size >= MAX_KNOWN) {
      entries.clear();
    }
    entries.set(key, entry);
  }
  return entries.get(key);
}

async function contentOf(
  reader: GitReader,
  entry: GitTreeEntry,
): Promise<Buffer> {
  const known = contents.get(entry.sha);
  if (known) {
    return known;
  }
  const content = await reader.blob(entry.sha);
  if (content.length <= MAX_KNOWN_BYTES) {
    if (contents.size >= MAX_KNOWN) {
      contents.clear();
    }
    contents.set(entry.sha, content);
  }
  return content;
}

/** The object that an expression such as `HEAD:catalog-info.yaml` names. */
export async function objectAt(
  context: ForgeContext,
  repository: RestRepository,
  expression: string,
): Promise<Json | null> {
  const reader = await context.repositories.reader(repository);
  const colon = expression.indexOf(':');
  const ref = colon < 0 ? expression : expression.slice(0, colon);
  const sha =
    ref === 'HEAD' || ref === repository.default_branch
      ? await context.repositories.head(repository)
      : await reader.resolve(ref);
  if (!sha) {
    return null;
  }
  if (colon < 0) {
    return commitNode(context, repository, reader, await reader.commit(sha));
  }
  const path = expression.slice(colon + 1).replace(/^\/+|\/+$/g, '');
  if (path === '') {
    return treeNode(reader, (await reader.commit(sha)).tree, sha, '');
  }
  let entry: GitTreeEntry | undefined;
  try {
    entry = await entryAt(reader, sha, path);
  } catch {
    // A wildcard or an odd path names nothing.
    return null;
  }
  if (!entry || entry.type === 'commit') {
    return null;
  }
  return entry.type === 'tree'
    ? treeNode(reader, entry.sha, sha, path)
    : blobNode(reader, entry);
}

function blobNode(reader: GitReader, entry: GitTreeEntry): Json {
  const content = () => contentOf(reader, entry);
  const isBinary = async () => (await content()).includes(0);
  return {
    __typename: 'Blob',
    id: nodeId('Blob', entry.sha),
    oid: entry.sha,
    abbreviatedOid: entry.sha.slice(0, 7),
    byteSize: entry.size ?? 0,
    isBinary,
    isTruncated: false,
    text: async () =>
      (await isBinary()) ? null : (await content()).toString('utf8'),
  };
}

function treeNode(
  reader: GitReader,
  tree: string,
  commit: string,
  path: string,
): Json {
  return {
    __typename: 'Tree',
    id: nodeId('Tree', tree),
    oid: tree,
    abbreviatedOid: tree.slice(0, 7),
    entries: async () =>
      (await reader.tree(commit, path)).map(entry => ({
        name: entry.name,
        path: entry.path,
        mode: Number.parseInt(entry.mode, 8),
        oid: entry.sha,
        size: entry.size ?? 0,
        type: entry.type === 'symlink' ? 'blob' : entry.type,
        object: () =>
          entry.type === 'tree'
            ? treeNode(reader, entry.sha, commit, entry.path)
            : blobNode(reader, entry),
      })),
  };
}

export function commitNode(
  context: ForgeContext,
  repository: RestRepository,
  reader: GitReader,
  commit: GitCommit,
): Json {
  const actor = (person: GitCommit['author']) => ({
    ...person,
    avatarUrl: repository.owner.avatar_url,
    user: () => {
      const login = context.people.loginOf(person.email);
      return login ? { __typename: 'User', login } : null;
    },
  });
  const [headline, ...body] = commit.message.split('\n');
  return {
    __typename: 'Commit',
    id: nodeId('Commit', commit.sha),
    oid: commit.sha,
    abbreviatedOid: commit.sha.slice(0, 7),
    message: commit.message,
    messageHeadline: headline,
    messageBody: body.join('\n').trim(),
    committedDate: commit.committer.date,
    authoredDate: commit.author.date,
    author: actor(commit.author),
    committer: actor(commit.committer),
    url: `${repository.html_url}/commit/${commit.sha}`,
    commitUrl: `${repository.html_url}/commit/${commit.sha}`,
    tree: () => treeNode(reader, commit.tree, commit.sha, ''),
    statusCheckRollup: () => null,
    history: async (args: ConnectionArguments & { path?: string }) => {
      const commits = await reader.log({
        ref: commit.sha,
        path: args.path,
        limit: 1_000,
      });
      return connectionOf(
        commits.map(item => commitNode(context, repository, reader, item)),
        args,
      );
    },
  };
}

export function refNode(
  context: ForgeContext,
  repository: RestRepository,
  ref: { name: string; sha: string; prefix?: string },
): Json {
  const prefix = ref.prefix ?? 'refs/heads/';
  return {
    __typename: 'Ref',
    id: nodeId('Ref', `${repository.id}:${prefix}${ref.name}`),
    name: ref.name,
    prefix,
    target: async () => {
      const reader = await context.repositories.reader(repository);
      const commit = await reader.commit(ref.sha);
      return commitNode(context, repository, reader, commit);
    },
    branchProtectionRule: () => {
      const rule = context.refs.protectionOf(repository, ref.name);
      return rule
        ? {
            pattern: ref.name,
            requiredApprovingReviewCount:
              rule.required_pull_request_reviews
                ?.required_approving_review_count ?? null,
            requiresApprovingReviews:
              rule.required_pull_request_reviews !== null,
            requiresCodeOwnerReviews:
              rule.required_pull_request_reviews?.require_code_owner_reviews ??
              false,
            isAdminEnforced: rule.enforce_admins,
          }
        : null;
    },
    associatedPullRequests: async (
      args: ConnectionArguments & { states?: string[] },
    ) =>
      connectionOf(
        await pullNodes(context, repository, {
          states: args.states,
          head: ref.name,
        }),
        args,
      ),
  };
}

/** Pull requests of a repository as GraphQL shows them, newest first. */
export async function pullNodes(
  context: ForgeContext,
  repository: RestRepository,
  filter: { states?: string[] | null; head?: string; number?: number },
): Promise<Json[]> {
  const all = await context.state.readAll<RestPull>(
    `/repos/${repository.full_name}/pulls?state=all`,
  );
  const chosen = all.filter(
    pull =>
      (!filter.states || filter.states.includes(stateOf(pull))) &&
      (filter.head === undefined || pull.head.ref === filter.head) &&
      (filter.number === undefined || pull.number === filter.number),
  );
  const pulls = await context.pulls.overlayList(repository, chosen);
  return pulls.map((pull, index) => ({
    __typename: 'PullRequest',
    id: pull.node_id,
    databaseId: pull.id,
    number: pull.number,
    title: pull.title,
    body: pull.body ?? '',
    url: pull.html_url,
    state: stateOf(chosen[index]),
    isDraft: pull.draft,
    merged: chosen[index].merged,
    createdAt: pull.created_at,
    updatedAt: pull.updated_at,
    closedAt: pull.closed_at,
    mergedAt: pull.merged_at,
    headRefName: pull.head.ref,
    headRefOid: pull.head.sha,
    baseRefName: pull.base.ref,
    baseRefOid: pull.base.sha,
    author: pull.user
      ? {
          __typename: 'User',
          login: pull.user.login,
          url: `${context.baseUrl}/${pull.user.login}`,
        }
      : null,
  }));
}

function stateOf(pull: RestPull): 'OPEN' | 'CLOSED' | 'MERGED' {
  if (pull.state === 'open') {
    return 'OPEN';
  }
  return pull.merged ? 'MERGED' : 'CLOSED';
}
