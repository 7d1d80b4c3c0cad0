import { join } from 'node:path';
import { ForgeContext } from '../ForgeContext';
import { GitReader } from '../git/read';
import {
  TreeChange,
  writeBlob,
  writeCommit,
  writeTree,
} from '../git/write/objects';
import { moveRef, NO_OBJECT } from '../git/write/refs';
import { RestRepository } from '../social/types';
import { WriteContext } from '../state/ForgeState';
import { writeDiskTree } from './diskTree';

/** The folders of this checkout that are the portal's repository. */
const FOLDERS = ['catalog', 'templates'];
const BRANCH = 'from-disk';
const README = `# Portal

What the portal is made of: the catalog's organisation, domains, systems,
scorecards and fact sources in \`catalog/\`, the templates in \`templates/\`.

The local forge keeps this repository in step with the folders of the same name
in the checkout that it was started from.
`;

/** Tree ids of {@link FOLDERS}, in that order; empty where there is none. */
type FolderTrees = string;

interface SyncRecord {
  /** What the disk held when it was last in the default branch. */
  trees: FolderTrees;
  commit: string;
  /** What the disk held when it was last offered as a pull request. */
  offered?: { trees: FolderTrees; commit: string; pull: number };
}

/** What a start did to the portal's repository. */
export type SyncOutcome =
  | 'created'
  | 'unchanged'
  | 'committed'
  | 'offered'
  | 'nothing on disk';

/**
 * Brings the folders of the checkout into the portal's repository.
 *
 * @remarks
 * Three states decide: the disk, the default branch, and what the disk was when
 * both last agreed. If only the disk moved, its state is committed to the
 * default branch; if both moved, it becomes a pull request from the branch
 * `from-disk`, which stands on the last common state, so that it shows the
 * disk's changes only. Renames and deletions are part of the state.
 */
export async function syncPortalRepository(
  context: ForgeContext,
  options: { owner: string; name: string; root: string; at?: Date },
): Promise<SyncOutcome> {
  const { owner, name } = options;
  const key = `${owner}/${name}`;
  const writer: WriteContext = { actor: context.bot, at: options.at };
  const existed = context.bare.exists(owner, name);
  const gitDir = existed
    ? context.bare.directory(owner, name)
    : await context.bare.create(owner, name, 'main');
  const disk = await readDisk(gitDir, options.root);
  if (!disk.some(Boolean)) {
    return 'nothing on disk';
  }
  const trees = disk.join(':');
  const reader = await GitReader.open(gitDir);
  if ((await reader.branches()).length === 0) {
    const commit = await commitDisk(context, gitDir, disk, writer, {
      readme: true,
      message: 'Start the portal repository from the checkout',
    });
    const change = {
      ref: 'refs/heads/main',
      before: NO_OBJECT,
      after: commit,
    };
    const repository = await context.repositories.find(owner, name);
    if (repository) {
      await context.refs.move(repository, [change], writer, {
        bypassProtection: true,
      });
    } else {
      await moveRef(gitDir, change);
    }
    await remember(context, key, { trees, commit }, writer);
    return 'created';
  }
  const repository = await context.repositories.find(owner, name);
  if (!repository) {
    // Seeding was interrupted between the two; it goes on from here.
    return 'unchanged';
  }
  return await reconcile(context, repository, {
    gitDir,
    reader,
    disk,
    trees,
    writer,
  });
}

async function reconcile(
  context: ForgeContext,
  repository: RestRepository,
  state: {
    gitDir: string;
    reader: GitReader;
    disk: (string | undefined)[];
    trees: FolderTrees;
    writer: WriteContext;
  },
): Promise<SyncOutcome> {
  const { gitDir, reader, disk, trees, writer } = state;
  const key = repository.full_name;
  const record = context.state.get<SyncRecord>('portalSync', key);
  const tip = await reader.resolveOrThrow(
    `refs/heads/${repository.default_branch}`,
  );
  const present = await foldersAt(reader, tip);
  if (present === trees) {
    if (record?.trees !== trees) {
      await remember(context, key, { trees, commit: tip }, writer);
    }
    return 'unchanged';
  }
  if (record?.trees === trees) {
    // Only the forge moved: what was merged there waits for the checkout.
    return 'unchanged';
  }
  if (record?.offered?.trees === trees) {
    return await settleOffer(context, repository, record, writer);
  }
  if (record && present === record.trees) {
    const commit = await commitDisk(context, gitDir, disk, writer, {
      parent: tip,
      message: 'Take over changes from the checkout',
    });
    await context.refs.move(
      repository,
      [
        {
          ref: `refs/heads/${repository.default_branch}`,
          before: tip,
          after: commit,
        },
      ],
      writer,
      { bypassProtection: true },
    );
    await remember(context, key, { trees, commit }, writer);
    return 'committed';
  }
  const commit = await commitDisk(context, gitDir, disk, writer, {
    parent: record?.commit ?? tip,
    message: 'Take over changes from the checkout',
  });
  const pull = await offer(context, repository, commit, writer);
  await remember(
    context,
    key,
    {
      trees: record?.trees ?? present,
      commit: record?.commit ?? tip,
      offered: { trees, commit, pull },
    },
    writer,
  );
  return 'offered';
}

/** The disk is as it was offered: merged, declined, or still open. */
async function settleOffer(
  context: ForgeContext,
  repository: RestRepository,
  record: SyncRecord,
  writer: WriteContext,
): Promise<SyncOutcome> {
  const { offered } = record;
  if (!offered) {
    return 'unchanged';
  }
  const { pull } = await context.pulls.get(repository, offered.pull);
  if (pull.merged) {
    await remember(
      context,
      repository.full_name,
      { trees: offered.trees, commit: offered.commit },
      writer,
    );
  }
  return 'unchanged';
}

async function offer(
  context: ForgeContext,
  repository: RestRepository,
  commit: string,
  writer: WriteContext,
): Promise<number> {
  const reader = await context.repositories.reader(repository);
  const ref = `refs/heads/${BRANCH}`;
  const before = (await reader.resolve(ref)) ?? NO_OBJECT;
  await context.refs.move(
    repository,
    [{ ref, before, after: commit }],
    writer,
    { bypassProtection: true },
  );
  const open = await context.pulls.listOpen(repository);
  const existing = open.find(pull => pull.head.ref === BRANCH);
  if (existing) {
    return existing.number;
  }
  const pull = await context.pulls.create(
    repository,
    {
      title: 'Take over changes from the checkout',
      body:
        'The folders `catalog/` and `templates/` of the checkout were edited, ' +
        'and so was this repository. Merge this to keep both.',
      head: BRANCH,
      base: repository.default_branch,
    },
    writer,
  );
  return pull.number;
}

async function readDisk(
  gitDir: string,
  root: string,
): Promise<(string | undefined)[]> {
  const trees: (string | undefined)[] = [];
  for (const folder of FOLDERS) {
    trees.push(await writeDiskTree(gitDir, join(root, folder)));
  }
  return trees;
}

async function foldersAt(
  reader: GitReader,
  commit: string,
): Promise<FolderTrees> {
  const entries = await Promise.all(
    FOLDERS.map(folder => reader.entry(commit, folder)),
  );
  return entries.map(entry => entry?.sha).join(':');
}

async function commitDisk(
  context: ForgeContext,
  gitDir: string,
  disk: (string | undefined)[],
  writer: WriteContext,
  options: { parent?: string; readme?: boolean; message: string },
): Promise<string> {
  const changes: TreeChange[] = [];
  for (const [index, folder] of FOLDERS.entries()) {
    if (options.parent) {
      changes.push({ path: folder, mode: '040000', sha: null });
    }
    const tree = disk[index];
    if (tree) {
      changes.push({ path: folder, mode: '040000', sha: tree });
    }
  }
  if (options.readme) {
    const sha = await writeBlob(gitDir, Buffer.from(README));
    changes.push({ path: 'README.md', mode: '100644', sha });
  }
  return await writeCommit(gitDir, {
    tree: await writeTree(gitDir, { base: options.parent, changes }),
    parents: options.parent ? [options.parent] : [],
    message: options.message,
    author: await context.people.signature(
      writer.actor,
      writer.at ?? new Date(),
    ),
  });
}

async function remember(
  context: ForgeContext,
  key: string,
  record: SyncRecord,
  writer: WriteContext,
): Promise<void> {
  await context.state.put('portalSync', key, record, writer);
}
