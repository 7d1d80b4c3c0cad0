import { ownersOf, parseCodeOwners } from '@waymark/waymark-common';
import { setImmediate as nextTurn } from 'node:timers/promises';

const MOST_UNOWNED = 20;
/** How often a rule may be held against a file before others have their turn. */
const MATCHES_PER_TURN = 50_000;

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
  const filesPerTurn = Math.ceil(MATCHES_PER_TURN / (rules.length + 1));
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
    if (index % filesPerTurn === filesPerTurn - 1) {
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
