import { GitReader } from '../git/read';
import { ForgeService } from '../services/ForgeService';

/** A person in whose name a visitor of the pages may act. */
export interface Persona {
  login: string;
  name: string;
}

/** Writes one file on a new branch, with all that a push brings (webhooks). */
export type CommitFile = (
  owner: string,
  name: string,
  change: {
    actor: string;
    /** Name of the new branch. */
    branch: string;
    /** Commit the branch starts from. */
    from: string;
    path: string;
    content: Buffer;
    message: string;
  },
) => Promise<void>;

/** What the pages need. */
export interface PagesOptions {
  service: ForgeService;
  /** Rejects with a not-found error for a repository that is not there. */
  openRepository(owner: string, name: string): Promise<GitReader>;
  /** Who may be chosen in forms, in the order they are offered. */
  personas: readonly Persona[];
  /** Where visitors find the forge, for clone addresses and the check of a form's origin. */
  baseUrl: string;
  /** Without it, the edit page only explains how to change a file by Git. */
  commitFile?: CommitFile;
  /** Told about failures that are not the visitor's. */
  onError?(error: unknown): void;
}
