import { addPatches, parseDiffSummary } from './parseDiff';
import { runGit } from '../runGit';
import { GitFileDiff } from './types';

/** The tree without entries; Git knows it without storing it. */
const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
const MAX_PATCH_BYTES = 1024 * 1024;
const MAX_TOTAL_PATCH_BYTES = 20 * 1024 * 1024;

/** Compares the trees of two commits, with renames found; without `from`, everything is added. */
export async function diffCommits(
  repository: string,
  from: string | undefined,
  to: string,
  options: { maxPatchBytes?: number } = {},
): Promise<GitFileDiff[]> {
  const common = ['diff-tree', '-r', '-M', '--no-ext-diff', '--no-textconv'];
  const range = [from ?? EMPTY_TREE, to];
  const [summary, patches] = await Promise.all([
    runGit([...common, '--raw', '--numstat', '-z', '--no-abbrev', ...range], {
      gitDir: repository,
    }),
    runGit([...common, '-p', ...range], {
      gitDir: repository,
      maxBytes: MAX_TOTAL_PATCH_BYTES,
    }),
  ]);
  const files = parseDiffSummary(summary.stdout);
  addPatches(files, patches.stdout, {
    maxPatchBytes: options.maxPatchBytes ?? MAX_PATCH_BYTES,
    truncated: patches.truncated,
  });
  return files;
}
