import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { notFound } from '../errors';
import { isOwnerName, isRepositoryName } from './names';
import { runGit } from './runGit';

/**
 * The whole configuration of a bare repository of the forge. Pull request refs
 * are the forge's to move; a background gc would outlive the request and hold
 * locks at shutdown. The hooks are those of the data folder, named relative to
 * the repository so that the folder may be moved.
 */
const CONFIG = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
\tlogAllRefUpdates = true
\thooksPath = ../../../hooks
[http]
\treceivepack = true
[receive]
\tfsckObjects = true
\thideRefs = refs/pull
\tautogc = false
[uploadpack]
\tallowAnySHA1InWant = true
\tallowFilter = true
[gc]
\tauto = 0
`;

/**
 * The bare repositories `<root>/<owner>/<name>.git`: the truth for all Git data.
 */
export class BareRepositories {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /**
   * Folder of a repository.
   *
   * @throws GitHubApiError 404 for a name that GitHub would not accept, so that
   * no request can name a folder outside of the root.
   */
  directory(owner: string, name: string): string {
    if (!isOwnerName(owner) || !isRepositoryName(name)) {
      throw notFound();
    }
    return join(this.root, owner, `${name}.git`);
  }

  exists(owner: string, name: string): boolean {
    return existsSync(join(this.directory(owner, name), 'HEAD'));
  }

  /** Makes an empty repository whose HEAD names `defaultBranch`. */
  async create(
    owner: string,
    name: string,
    defaultBranch: string,
  ): Promise<string> {
    const directory = this.directory(owner, name);
    await mkdir(join(this.root, owner), { recursive: true });
    await runGit([
      'init',
      '--quiet',
      '--bare',
      '--template=',
      `--initial-branch=${defaultBranch}`,
      directory,
    ]);
    await this.configure(directory);
    return directory;
  }

  /** Writes the settings that the smart HTTP server relies on. */
  async configure(directory: string): Promise<void> {
    await writeFile(join(directory, 'config'), CONFIG);
  }

  async rename(owner: string, from: string, to: string): Promise<void> {
    await rename(this.directory(owner, from), this.directory(owner, to));
  }

  async delete(owner: string, name: string): Promise<void> {
    await rm(this.directory(owner, name), { recursive: true, force: true });
  }

  async setDefaultBranch(
    owner: string,
    name: string,
    branch: string,
  ): Promise<void> {
    await runGit(['symbolic-ref', 'HEAD', `refs/heads/${branch}`], {
      gitDir: this.directory(owner, name),
    });
  }

  /** Names of the repositories of an owner that are on disk. */
  async list(owner: string): Promise<string[]> {
    const folder = join(this.root, owner);
    if (!isOwnerName(owner) || !existsSync(folder)) {
      return [];
    }
    const entries = await readdir(folder);
    return entries
      .filter(entry => entry.endsWith('.git'))
      .map(entry => entry.slice(0, -'.git'.length))
      .sort();
  }
}
