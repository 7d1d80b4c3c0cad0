import { isAncestor } from './merge';
import { NO_OBJECT, RefChange } from './refs';

/**
 * How a ref moves: `force` is an update that leaves commits behind, or any that
 * moves a tag.
 */
export type MoveKind = 'create' | 'update' | 'force' | 'delete';

/** A move of a branch that its user may not make, and GitHub's sentence for it. */
export interface RefusedMove {
  ref: string;
  kind: MoveKind;
  reason: string;
}

/** The kind of a change whose objects are in the repository. */
export async function moveKindOf(
  gitDir: string,
  change: RefChange,
): Promise<MoveKind> {
  if (change.before === NO_OBJECT) {
    return 'create';
  }
  if (change.after === NO_OBJECT) {
    return 'delete';
  }
  const forward =
    change.ref.startsWith('refs/heads/') &&
    (await isAncestor(gitDir, change.before, change.after));
  return forward ? 'update' : 'force';
}
