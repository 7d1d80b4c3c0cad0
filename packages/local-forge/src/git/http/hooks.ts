import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RefusedMove } from '../write/moves';
import { NO_OBJECT } from '../write/refs';

const REFUSED_MOVES = 'WAYMARK_REFUSED_MOVES';
const DEFAULT_BRANCH = 'WAYMARK_DEFAULT_BRANCH';
const COMPARE_URL = 'WAYMARK_COMPARE_URL';

/**
 * Refuses what the gateway says it refuses. The rules are the gateway's; only
 * how a branch moves (see `moveKindOf`) must be seen here, since what is pushed
 * is not yet in the repository. Words of the shell and Git alone: a machine that has Git has
 * nothing else for sure.
 */
const PRE_RECEIVE = `#!/bin/sh
none=${NO_OBJECT}
reason_against() {
  while read -r kind ref reason; do
    if [ "$kind" = "$1" ] && [ "$ref" = "$2" ]; then
      echo "$reason"
    fi
  done <<REFUSED
$${REFUSED_MOVES}
REFUSED
}
refused=0
while read -r before after ref; do
  if [ "$before" = "$none" ]; then
    kind=create
  elif [ "$after" = "$none" ]; then
    kind=delete
  elif git merge-base --is-ancestor "$before" "$after" 2>/dev/null; then
    kind=update
  else
    kind=force
  fi
  reason=$(reason_against "$kind" "$ref")
  if [ -n "$reason" ]; then
    echo "error: GH006: Protected branch update failed for $ref." >&2
    echo "error: $reason" >&2
    refused=1
  fi
done
exit $refused
`;

/**
 * Says where a pull request of a new branch is opened, as GitHub does. A name that would have to be encoded in
 * the address is left out: the shell cannot.
 */
const POST_RECEIVE = `#!/bin/sh
while read -r before _ ref; do
  case "$ref" in
    refs/heads/*) branch=\${ref#refs/heads/} ;;
    *) continue ;;
  esac
  case "$branch" in
    "$${DEFAULT_BRANCH}" | *[!A-Za-z0-9._/-]*) continue ;;
  esac
  if [ "$before" = ${NO_OBJECT} ]; then
    echo "Create a pull request for '$branch' by visiting:" >&2
    echo "  $${COMPARE_URL}$branch" >&2
  fi
done
`;

/** Writes the hooks that every push runs to `<data>/hooks`. */
export async function writeHooks(dataDirectory: string): Promise<void> {
  const folder = join(dataDirectory, 'hooks');
  await mkdir(folder, { recursive: true });
  for (const [name, script] of [
    ['pre-receive', PRE_RECEIVE],
    ['post-receive', POST_RECEIVE],
  ]) {
    const file = join(folder, name);
    await writeFile(file, script);
    await chmod(file, 0o755);
  }
}

/** What the hooks of a push need to know, as environment variables. */
export function hookEnvironment(options: {
  refused: readonly RefusedMove[];
  defaultBranch: string;
  /** Address of the page that compares a branch, up to the name of that branch. */
  compareUrl: string;
}): Record<string, string> {
  return {
    [REFUSED_MOVES]: options.refused
      .map(({ kind, ref, reason }) => `${kind} ${ref} ${reason}`)
      .join('\n'),
    [DEFAULT_BRANCH]: options.defaultBranch,
    [COMPARE_URL]: options.compareUrl,
  };
}
