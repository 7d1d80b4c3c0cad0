import { Reading, TreeFile } from './TreeFile';

/** What a file would have told. */
export type UnreadKind =
  | 'codeOwners'
  | 'dependabot'
  | 'dockerfile'
  | 'lockFile'
  | 'manifest'
  | 'terraform'
  | 'workflow';

/** A file that tells nothing, though it is there. */
export interface UnreadFile {
  path: string;
  kind: UnreadKind;
  problem: string;
}

/** Keeps account of files that could not be read, so that what they hide is not taken for nothing. */
export class UnreadFiles {
  readonly #files = new Map<string, UnreadFile>();

  static create(): UnreadFiles {
    return new UnreadFiles();
  }

  private constructor() {}

  /** @param problem - null when there is none */
  add(kind: UnreadKind, path: string, problem: string | null): void {
    const key = `${kind} ${path}`;
    if (problem !== null && !this.#files.has(key)) {
      this.#files.set(key, { path, kind, problem });
    }
  }

  /** Adds a file that a reading cannot be made of. */
  check(kind: UnreadKind, file: TreeFile, reading: Reading<unknown>): void {
    this.add(kind, file.path, whyUnreadable(file, reading));
  }

  /** All of them, by path. */
  list(): UnreadFile[] {
    return [...this.#files.values()].sort((one, other) =>
      one.path < other.path ? -1 : 1,
    );
  }
}

/** @returns null when nothing speaks against it */
export function whyUnreadable(
  { size, isLink }: Pick<TreeFile, 'size' | 'isLink'>,
  { mostBytes }: Reading<unknown>,
): string | null {
  if (isLink) {
    return 'It is a symbolic link';
  }
  return size > mostBytes ? `It is larger than ${mostBytes / 1024} KiB` : null;
}
