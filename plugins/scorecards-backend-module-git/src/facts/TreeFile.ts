/** A file of a commit. */
export interface TreeFile {
  /** From the root of the repository. */
  path: string;
  /** Id of its content. */
  sha: string;
  /** In bytes. */
  size: number;
}

/** Reads the text of a file; undefined when it is larger than anybody reads. */
export type ReadFile = (file: TreeFile) => Promise<string | undefined>;
