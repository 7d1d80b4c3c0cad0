import { MoveKind } from '../git/write/moves';
import { BranchProtection } from './protection';

/** What protection asks of the user who moves a branch. */
export interface BranchMover {
  /** Administers the repository. */
  isAdmin: boolean;
  /** Is one of those, or in one of the teams, that `restrictions` name. */
  isAllowed: boolean;
}

const MOVE_KINDS: readonly MoveKind[] = ['create', 'update', 'force', 'delete'];

/**
 * The moves of a protected branch that a user may not make directly, each with
 * GitHub's sentence. The one place of these rules: REST asks it before it moves
 * a ref, and the hook of a push is handed its answer.
 *
 * @remarks
 * `enforce_admins` decides whether reviews, restrictions and the lock bind
 * administrators. Force pushes and deletions are refused to everybody until the
 * protection allows them, as GitHub does.
 */
export function refusedMoves(
  protection: BranchProtection,
  mover: BranchMover,
): ReadonlyMap<MoveKind, string> {
  const refused = new Map<MoveKind, string>();
  if (!protection.allow_force_pushes) {
    refused.set('force', 'Cannot force-push to this branch');
  }
  if (!protection.allow_deletions) {
    refused.set('delete', 'Cannot delete this branch');
  }
  const binds = protection.enforce_admins || !mover.isAdmin;
  const closed =
    (protection.restrictions !== null && !mover.isAllowed) ||
    protection.lock_branch ||
    protection.required_pull_request_reviews !== null;
  if (binds && closed) {
    for (const kind of MOVE_KINDS) {
      refused.set(kind, 'Changes must be made through a pull request.');
    }
  }
  return refused;
}
