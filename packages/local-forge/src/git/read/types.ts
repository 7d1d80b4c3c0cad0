/** A person as a commit names it. `date` is UTC, ISO 8601 without milliseconds (`2026-01-05T09:00:00Z`). */
export interface GitPerson {
  name: string;
  email: string;
  date: string;
}

/** A commit as its object stores it; `parents` is empty for a root commit. */
export interface GitCommit {
  sha: string;
  tree: string;
  parents: string[];
  author: GitPerson;
  committer: GitPerson;
  /** The whole message, without the line end Git adds. */
  message: string;
}

/** What a tree entry is: `symlink` is a blob of mode 120000, `commit` a submodule. */
export type GitEntryType = 'blob' | 'tree' | 'symlink' | 'commit';

/** One entry of a tree. `path` starts at the root of the repository. */
export interface GitTreeEntry {
  path: string;
  name: string;
  type: GitEntryType;
  /** Six octal digits, as in GitHub's API (`100644`, `040000`). */
  mode: string;
  sha: string;
  /** Bytes; only blobs and symlinks have one. */
  size?: number;
}

/** A branch, or a tag with the commit it leads to. */
export interface GitRef {
  name: string;
  /** The commit; for an annotated tag the commit it was made for. */
  sha: string;
  /** UTC, ISO 8601: commit date of a branch's head, creation date of a tag. */
  date: string;
}

/** The content of a file at a commit. */
export interface GitFile extends GitTreeEntry {
  size: number;
  content: Buffer;
}

/** The states of a file in a comparison, in GitHub's words. */
export type GitFileStatus =
  | 'added'
  | 'removed'
  | 'modified'
  | 'renamed'
  | 'copied'
  | 'changed';

/** One file of a comparison. */
export interface GitFileDiff {
  path: string;
  /** Set for renames and copies. */
  previousPath?: string;
  status: GitFileStatus;
  /** Lines; 0 for binary files. */
  additions: number;
  deletions: number;
  binary: boolean;
  /** The blob at the head, or at the base for a removed file. */
  sha: string;
  mode: string;
  /** Unified hunks from the first `@@`; absent for binary, unchanged or too long content. */
  patch?: string;
  /** True when `patch` is absent because it is longer than the limit. */
  patchTooLarge: boolean;
}

/** How far `head` is from `base`, in commits. */
export interface GitAheadBehind {
  ahead: number;
  behind: number;
}

/** Whether two commits merge without a conflict, and the paths that do not. */
export interface GitMergeability {
  clean: boolean;
  conflicts: string[];
}

/** What {@link GitReader.log} lists; newest first. */
export interface GitLogOptions {
  /** Branch, tag or commit; the default branch when absent. */
  ref?: string;
  path?: string;
  /** Inclusive, by commit date. */
  since?: Date;
  until?: Date;
  /** A literal part of `Name <email>`. */
  author?: string;
  skip?: number;
  /** At most 1,000; 30 when absent. */
  limit?: number;
}

/** A reference and the path behind it, as found in a URL such as `tree/feature/x/src`. */
export interface GitRefPath {
  ref: string;
  sha: string;
  path: string;
}
