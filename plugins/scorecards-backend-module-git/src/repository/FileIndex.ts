import { folderOf, upwards } from '../facts/folders';
import { TreeFile } from '../facts/TreeFile';

/** The files of a commit, found by their folder without walking through all of them. */
export class FileIndex {
  /** Sorted by path, so that what lies below a folder stands together. */
  readonly #files: readonly TreeFile[];
  readonly #byFolder = new Map<string, TreeFile[]>();

  static of(files: readonly TreeFile[]): FileIndex {
    return new FileIndex(
      [...files].sort((one, other) => (one.path < other.path ? -1 : 1)),
    );
  }

  private constructor(files: readonly TreeFile[]) {
    this.#files = files;
    for (const file of files) {
      const folder = folderOf(file.path);
      const others = this.#byFolder.get(folder);
      if (others) {
        others.push(file);
      } else {
        this.#byFolder.set(folder, [file]);
      }
    }
  }

  /** All that the facts of a component are made of: below its folder, beside the folders above it, and where GitHub looks. */
  filesFor(folder: string): TreeFile[] {
    const files = new Set([
      ...upwards(folder).flatMap(above => this.#in(above)),
      ...this.#in('docs'),
      ...this.#below('.github'),
      ...this.#below(folder),
    ]);
    return [...files];
  }

  #in(folder: string): readonly TreeFile[] {
    return this.#byFolder.get(folder) ?? [];
  }

  #below(folder: string): readonly TreeFile[] {
    if (folder === '') {
      return this.#files;
    }
    // "0" is what follows "/".
    return this.#files.slice(
      this.#firstFrom(`${folder}/`),
      this.#firstFrom(`${folder}0`),
    );
  }

  #firstFrom(path: string): number {
    let [low, high] = [0, this.#files.length];
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (this.#files[middle].path < path) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
