import { JsonValue } from '@backstage/types';

/** A file of a commit. */
export interface TreeFile {
  /** From the root of the repository. */
  path: string;
  /** Id of its content. */
  sha: string;
  /** In bytes. */
  size: number;
  /** It only names another file, which nobody follows. */
  isLink?: boolean;
}

/** What is to be learned from the text of a file, and from nothing else, so that it is kept for as long as the file is. */
export interface Reading<T> {
  /** Unique among readings. */
  name: string;
  /** Larger files are not read. */
  mostBytes: number;
  /** @param text - undefined when the file is larger than that */
  of(path: string, text: string | undefined): T;
}

/** Reads files. What it gives must be JSON. */
export type ReadFile = <T extends JsonValue | object>(
  file: TreeFile,
  reading: Reading<T>,
) => Promise<T>;

/** The text itself; null when the file is larger than that. */
export const textUpTo = (mostBytes: number): Reading<string | null> => ({
  name: `text up to ${mostBytes}`,
  mostBytes,
  of: (_, text) => text ?? null,
});
