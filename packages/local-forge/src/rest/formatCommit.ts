import { GitCommit, GitFileDiff, GitPerson } from '../git/read';
import { People } from '../social/People';
import { Json, RestRepository } from '../social/types';

const UNSIGNED = {
  verified: false,
  reason: 'unsigned',
  signature: null,
  payload: null,
  verified_at: null,
};

/** GitHub's commit of the Git database API. */
export function formatGitCommit(
  repository: RestRepository,
  commit: GitCommit,
): Json {
  const git = `${repository.url}/git`;
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    url: `${git}/commits/${commit.sha}`,
    html_url: `${repository.html_url}/commit/${commit.sha}`,
    author: person(commit.author),
    committer: person(commit.committer),
    message: commit.message,
    tree: { sha: commit.tree, url: `${git}/trees/${commit.tree}` },
    parents: commit.parents.map(sha => ({
      sha,
      url: `${git}/commits/${sha}`,
      html_url: `${repository.html_url}/commit/${sha}`,
    })),
    verification: UNSIGNED,
  };
}

/** GitHub's commit of the repositories API. */
export async function formatCommit(
  repository: RestRepository,
  commit: GitCommit,
  people: People,
): Promise<Json> {
  const user = async (address: string) => {
    const login = people.loginOf(address);
    return login ? await people.brief(login) : null;
  };
  return {
    sha: commit.sha,
    node_id: nodeId('Commit', commit.sha),
    commit: {
      author: person(commit.author),
      committer: person(commit.committer),
      message: commit.message,
      tree: {
        sha: commit.tree,
        url: `${repository.url}/git/trees/${commit.tree}`,
      },
      url: `${repository.url}/git/commits/${commit.sha}`,
      comment_count: 0,
      verification: UNSIGNED,
    },
    url: `${repository.url}/commits/${commit.sha}`,
    html_url: `${repository.html_url}/commit/${commit.sha}`,
    comments_url: `${repository.url}/commits/${commit.sha}/comments`,
    author: await user(commit.author.email),
    committer: await user(commit.committer.email),
    parents: commit.parents.map(sha => ({
      sha,
      url: `${repository.url}/commits/${sha}`,
      html_url: `${repository.html_url}/commit/${sha}`,
    })),
  };
}

/** GitHub's file of a commit, comparison or pull request at `ref`. */
export function formatFile(
  repository: RestRepository,
  file: GitFileDiff,
  ref: string,
): Json {
  const path = encodePath(file.path);
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${repository.html_url}/blob/${ref}/${path}`,
    raw_url: `${repository.html_url}/raw/${ref}/${path}`,
    contents_url: `${repository.url}/contents/${path}?ref=${ref}`,
    ...(file.patch === undefined ? {} : { patch: file.patch }),
    ...(file.previousPath ? { previous_filename: file.previousPath } : {}),
  };
}

export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** An opaque id in the style of GitHub's older ones. */
export function nodeId(type: string, id: string | number): string {
  return Buffer.from(`0${type.length}:${type}${id}`).toString('base64');
}

function person({ name, email, date }: GitPerson): Json {
  return { name, email, date };
}
