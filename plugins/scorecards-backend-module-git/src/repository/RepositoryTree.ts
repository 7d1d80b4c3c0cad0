import { RepositoryApi } from '@waymark/scorecards-node';
import { folderOf, upwards } from '../facts/folders';
import { TreeFile } from '../facts/TreeFile';
import { FileIndex } from './FileIndex';

interface Entry {
  path: string;
  sha: string;
  type: 'blob' | 'tree' | 'commit';
  size: number;
  isLink?: boolean;
}

/** What a forge says of one tree. */
export interface TreeListing {
  entries: Entry[];
  /** There is more than it lists at once. */
  truncated: boolean;
}

/** Lists a tree, or the tree of a commit, with all below it or only what lies in it. */
export type ListTree = (
  sha: string,
  recursive: boolean,
) => Promise<TreeListing>;

/** The mode of a symbolic link. */
const LINK = '120000';

const below = (folder: string, path: string) =>
  folder === '' ? path : `${folder}/${path}`;

// Folders, and submodules, which are commits of other repositories, are no files.
const filesAmong = (entries: readonly Entry[], folder: string): TreeFile[] =>
  entries
    .filter(({ type }) => type === 'blob')
    .map(({ path, sha, size, isLink }) => ({
      path: below(folder, path),
      sha,
      size,
      ...(isLink && { isLink }),
    }));

/** Lists trees by the API of GitHub. */
export function listTreeOf(api: RepositoryApi): ListTree {
  return async (sha, recursive) => {
    const { data } = await api.ask('the files', (octokit, request) =>
      octokit.rest.git.getTree({
        ...request,
        tree_sha: sha,
        // Any value at all makes the answer recursive.
        ...(recursive && { recursive: '1' }),
      }),
    );
    return {
      truncated: data.truncated,
      entries: data.tree.map(({ path, sha: id, type, mode, size = 0 }) => ({
        path,
        sha: id,
        type: type as Entry['type'],
        size,
        ...(mode === LINK && { isLink: true }),
      })),
    };
  };
}

/**
 * The files of a commit: one request for all of them, or, where a repository holds more than GitHub lists at once (100,000),
 * some for each folder that is asked about.
 */
export class RepositoryTree {
  readonly #list: ListTree;
  readonly #commit: string;
  readonly #listings = new Map<string, Promise<TreeListing>>();
  #whole: FileIndex | undefined;

  static async read(list: ListTree, commit: string): Promise<RepositoryTree> {
    const tree = new RepositoryTree(list, commit);
    const { entries, truncated } = await list(commit, true);
    if (!truncated) {
      tree.#whole = FileIndex.of(filesAmong(entries, ''));
    }
    return tree;
  }

  private constructor(list: ListTree, commit: string) {
    this.#list = list;
    this.#commit = commit;
  }

  /**
   * All that the facts of the component in a folder are made of.
   *
   * @throws Error when the folder alone holds more than can be listed
   */
  async filesFor(folder: string): Promise<TreeFile[]> {
    if (this.#whole) {
      return this.#whole.filesFor(folder);
    }
    const parts = await Promise.all([
      ...upwards(folder).map(above => this.#read(above, false)),
      this.#read('docs', false),
      this.#read('.github', true),
      this.#read(folder, true),
    ]);
    const files = new Map(parts.flat().map(file => [file.path, file]));
    return FileIndex.of([...files.values()]).filesFor(folder);
  }

  async find(path: string): Promise<TreeFile | undefined> {
    const folder = folderOf(path);
    const files = this.#whole
      ? this.#whole.filesFor(folder)
      : await this.#read(folder, false);
    return files.find(file => file.path === path);
  }

  async #read(folder: string, recursive: boolean): Promise<TreeFile[]> {
    const sha = await this.#treeOf(folder);
    if (!sha) {
      return [];
    }
    const { entries, truncated } = await this.#listOnce(sha, recursive);
    if (truncated) {
      throw new Error(
        `${folder || 'The repository'} holds more files than can be listed`,
      );
    }
    return filesAmong(entries, folder);
  }

  async #treeOf(folder: string): Promise<string | undefined> {
    if (folder === '') {
      return this.#commit;
    }
    const above = folderOf(folder);
    const parent = await this.#treeOf(above);
    const listing = parent && (await this.#listOnce(parent, false));
    return (
      listing &&
      listing.entries.find(
        ({ path, type }) => type === 'tree' && below(above, path) === folder,
      )?.sha
    );
  }

  #listOnce(sha: string, recursive: boolean): Promise<TreeListing> {
    const key = `${sha} ${recursive}`;
    const listing = this.#listings.get(key) ?? this.#list(sha, recursive);
    this.#listings.set(key, listing);
    return listing;
  }
}
