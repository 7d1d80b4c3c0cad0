import { ConflictError, NotFoundError } from '@backstage/errors';
import { SerializedFile } from '@backstage/plugin-scaffolder-node';
import { RestEndpointMethodTypes } from '@octokit/rest';
import { ForgeConnection } from '../forge/Forge';
import { attempt, unlessMissing } from '../forge/forgeErrors';

/** A change to propose. */
export interface ProposedChange {
  branch: string;
  title: string;
  body: string;
  commitMessage: string;
  files: SerializedFile[];
  /** Paths to delete; what is not there is not missed. */
  deletions: string[];
  /** Paths below this folder of the repository. */
  targetPath: string;
  /** Where it is to be merged; the default branch when absent. */
  base?: string;
  author: { name: string; email: string };
  at: Date;
}

/** What became of a proposed change. */
export interface PullRequestResult {
  /** `unchanged`: the base has all of it already, or the pull request holds exactly that. */
  operation: 'created' | 'updated' | 'unchanged';
  number?: number;
  url?: string;
  commitHash?: string;
}

/**
 * Opens a pull request, or brings the open one of the same branch up to date. Commits are added, never replaced: what people have
 * pushed to the branch stays.
 */
export async function upsertPullRequest(
  forge: ForgeConnection,
  change: ProposedChange,
): Promise<PullRequestResult> {
  const { octokit, at } = forge;
  const fullName = `${forge.owner}/${forge.name}`;
  return attempt(`propose ${change.branch} to ${fullName}`, async () => {
    const base =
      change.base ?? (await octokit.rest.repos.get(at)).data.default_branch;
    if (base === change.branch) {
      throw new ConflictError(
        `branch: ${base} is where the change is to be merged, it cannot come from there`,
      );
    }
    const baseHead = await headOf(forge, base);
    if (!baseHead) {
      throw new NotFoundError(`${fullName} has no branch ${base}`);
    }
    const branchHead = await headOf(forge, change.branch);
    const open = await openPullRequest(forge, change.branch, base);
    const onBase = open ? undefined : await writeTree(forge, baseHead, change);
    if (onBase === baseHead.tree) {
      // Also where the branch of a pull request that was merged has been left behind.
      return { operation: 'unchanged' };
    }
    const parent = branchHead ?? baseHead;
    const tree =
      branchHead || !onBase ? await writeTree(forge, parent, change) : onBase;
    let commitHash: string | undefined;
    if (tree !== parent.tree) {
      commitHash = await commit(forge, { tree, parent: parent.sha, change });
      await (branchHead
        ? octokit.rest.git.updateRef({
            ...at,
            ref: `heads/${change.branch}`,
            sha: commitHash,
            // Somebody may have pushed since: their commit must not be lost.
            force: false,
          })
        : octokit.rest.git.createRef({
            ...at,
            ref: `refs/heads/${change.branch}`,
            sha: commitHash,
          }));
    }
    return describePullRequest(forge, { open, base, change, commitHash });
  });
}

type PullRequest =
  RestEndpointMethodTypes['pulls']['list']['response']['data'][number];

async function openPullRequest(
  forge: ForgeConnection,
  branch: string,
  base: string,
): Promise<PullRequest | undefined> {
  const { data } = await forge.octokit.rest.pulls.list({
    ...forge.at,
    state: 'open',
    head: `${forge.owner}:${branch}`,
    base,
  });
  return data[0];
}

/** Opens the pull request when there is none, and sees to it that it says what it is about. */
async function describePullRequest(
  forge: ForgeConnection,
  options: {
    open: PullRequest | undefined;
    base: string;
    change: ProposedChange;
    commitHash: string | undefined;
  },
): Promise<PullRequestResult> {
  const { octokit, at } = forge;
  const { open, base, commitHash } = options;
  const { branch, title, body } = options.change;
  if (!open) {
    const { data } = await octokit.rest.pulls.create({
      ...at,
      base,
      head: branch,
      title,
      body,
    });
    return {
      operation: 'created',
      number: data.number,
      url: data.html_url,
      commitHash,
    };
  }
  const described = open.title === title && (open.body ?? '') === body;
  if (!described) {
    await octokit.rest.pulls.update({
      ...at,
      pull_number: open.number,
      title,
      body,
    });
  }
  return {
    operation: described && !commitHash ? 'unchanged' : 'updated',
    number: open.number,
    url: open.html_url,
    commitHash,
  };
}

interface Head {
  sha: string;
  tree: string;
}

async function headOf(
  forge: ForgeConnection,
  branch: string,
): Promise<Head | undefined> {
  const { octokit, at } = forge;
  const found = await unlessMissing(
    octokit.rest.git.getRef({ ...at, ref: `heads/${branch}` }),
    [404, 409],
  );
  if (!found) {
    return undefined;
  }
  const { data } = await octokit.rest.git.getCommit({
    ...at,
    commit_sha: found.data.object.sha,
  });
  return { sha: data.sha, tree: data.tree.sha };
}

async function writeTree(
  forge: ForgeConnection,
  parent: Head,
  change: ProposedChange,
): Promise<string> {
  const { octokit, at } = forge;
  const prefix = change.targetPath ? `${change.targetPath}/` : '';
  const entries = [];
  for (const file of change.files) {
    const path = `${prefix}${file.path}`;
    const text = file.content.toString('utf8');
    const isText = Buffer.from(text, 'utf8').equals(file.content);
    // Text goes with the tree, in one request for all of it; other content needs a blob each.
    const content = isText
      ? { content: text }
      : {
          sha: (
            await octokit.rest.git.createBlob({
              ...at,
              content: file.content.toString('base64'),
              encoding: 'base64',
            })
          ).data.sha,
        };
    entries.push({
      path,
      mode: modeOf(file),
      type: 'blob' as const,
      ...content,
    });
  }
  for (const path of await presentPaths(forge, parent, change.deletions)) {
    entries.push({
      path,
      mode: '100644' as const,
      type: 'blob' as const,
      sha: null,
    });
  }
  if (entries.length === 0) {
    return parent.tree;
  }
  const { data } = await octokit.rest.git.createTree({
    ...at,
    base_tree: parent.tree,
    tree: entries,
  });
  return data.sha;
}

function modeOf(file: SerializedFile): '100644' | '100755' | '120000' {
  if (file.symlink) {
    return '120000';
  }
  return file.executable ? '100755' : '100644';
}

async function presentPaths(
  forge: ForgeConnection,
  parent: Head,
  paths: string[],
): Promise<string[]> {
  if (paths.length === 0) {
    return [];
  }
  const { data } = await forge.octokit.rest.git.getTree({
    ...forge.at,
    tree_sha: parent.tree,
    recursive: 'true',
  });
  if (data.truncated) {
    // What the forge left out would be taken for absent, and stay.
    throw new ConflictError(
      'deletions: the repository has more files than the forge lists at once',
    );
  }
  const present = new Set(data.tree.map(({ path }) => path));
  return paths.filter(path => present.has(path));
}

async function commit(
  forge: ForgeConnection,
  options: { tree: string; parent: string; change: ProposedChange },
): Promise<string> {
  const { tree, parent, change } = options;
  const author = { ...change.author, date: change.at.toISOString() };
  const { data } = await forge.octokit.rest.git.createCommit({
    ...forge.at,
    message: change.commitMessage,
    tree,
    parents: [parent],
    author,
    committer: author,
  });
  return data.sha;
}
