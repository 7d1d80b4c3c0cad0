import { Finding } from '../Finding';

/** Generated files on disk. */
export interface Output {
  folder: string;
  /** Paths below the folder, with forward slashes. */
  paths: readonly string[];
}

/** Says what is wrong with generated files, by a tool of the field. */
export interface Judge {
  name: string;
  /** The programs that it calls. */
  programs: readonly string[];
  /** Used where its programs are there; nobody has to install them. */
  optional?: boolean;
  /** @returns nothing when there are no files of its kind */
  judge(output: Output): Promise<Finding[] | undefined>;
}

/** A program that ended in a way that tells nothing about the files. */
export function couldNotJudge(
  name: string,
  { code, stderr }: { code: number; stderr: string },
): Finding {
  return {
    rule: name,
    message: `it ended with ${code}: ${
      stderr.trim().split('\n').at(-1) || 'no message'
    }`,
  };
}
