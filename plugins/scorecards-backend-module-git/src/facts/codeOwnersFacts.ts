import { ownersOf, parseCodeOwners } from '@waymark/waymark-common';
import { setImmediate as nextTurn } from 'node:timers/promises';

const MOST_UNOWNED = 20;
const FILES_PER_TURN = 500;

/** Whom a CODEOWNERS file gives some files to. */
export interface CodeOwnersFacts {
  owners: string[];
  files: number;
  ownedFiles: number;
  unowned: string[];
}

/** @param content - of the CODEOWNERS file; undefined when there is none */
export async function codeOwnersFacts(
  content: string | undefined,
  paths: readonly string[],
): Promise<CodeOwnersFacts> {
  const rules = content === undefined ? [] : parseCodeOwners(content);
  const owners = new Set<string>();
  const unowned: string[] = [];
  let ownedFiles = 0;
  for (const [index, path] of paths.entries()) {
    const found = ownersOf(rules, path);
    found.forEach(owner => owners.add(owner));
    if (found.length > 0) {
      ownedFiles += 1;
    } else if (unowned.length < MOST_UNOWNED) {
      unowned.push(path);
    }
    if (index % FILES_PER_TURN === FILES_PER_TURN - 1) {
      // Many files times many rules: others want their turn.
      await nextTurn();
    }
  }
  return {
    owners: [...owners].sort(),
    files: paths.length,
    ownedFiles,
    unowned,
  };
}
