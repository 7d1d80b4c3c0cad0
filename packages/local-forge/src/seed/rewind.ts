import path from 'path';
import { removeBlock } from './blocks';
import { TextEdit } from './definition';
import { SeedTree } from './seedFolder';

/** A change with its globs resolved to paths. */
export interface ResolvedChange {
  message: string;
  add: string[];
  grow: Record<string, string[]>;
  edit: TextEdit[];
}

/** The paths of a tree that a glob names. */
export function matchPaths(paths: Iterable<string>, globs: string[]): string[] {
  return [...paths].filter(candidate =>
    globs.some(glob => path.posix.matchesGlob(candidate, glob)),
  );
}

/** Replaces exactly one place of a text. */
export function replaceOnce(text: string, search: string, by: string): string {
  const parts = text.split(search);
  if (parts.length !== 2) {
    throw new Error(
      `${JSON.stringify(search)} occurs ${parts.length - 1} times, not once`,
    );
  }
  return parts.join(by);
}

function rewriteFile(
  tree: SeedTree,
  file: string,
  rewrite: (text: string) => string,
) {
  const before = tree.get(file);
  if (!before) throw new Error(`${file} is not there yet`);
  try {
    const content = Buffer.from(rewrite(before.content.toString('utf8')));
    tree.set(file, { ...before, content });
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
}

/** The tree before a change, given the tree after it. */
export function rewind(after: SeedTree, change: ResolvedChange): SeedTree {
  const before: SeedTree = new Map(after);
  try {
    for (const { path: file, now, was } of change.edit) {
      rewriteFile(before, file, text => replaceOnce(text, now, was));
    }
    for (const [file, blocks] of Object.entries(change.grow)) {
      for (const block of blocks) {
        rewriteFile(before, file, text => removeBlock(text, block));
      }
    }
    for (const file of change.add) {
      if (!before.delete(file)) throw new Error(`${file} is added twice`);
    }
  } catch (error) {
    throw new Error(`"${change.message}": ${(error as Error).message}`);
  }
  return before;
}
