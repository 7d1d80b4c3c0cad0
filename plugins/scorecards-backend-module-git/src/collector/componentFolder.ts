import { SourceRepository } from '@waymark/waymark-common';
import { folderOf } from '../facts/folders';

/**
 * The folder of the entity that a file describes.
 *
 * @param has - whether the default branch holds a file
 * @returns undefined when the default branch does not hold the file
 */
export async function componentFolder(
  { branchAndPath }: Pick<SourceRepository, 'branchAndPath'>,
  defaultBranch: string,
  has: (path: string) => Promise<boolean>,
): Promise<string | undefined> {
  const prefix = `${defaultBranch}/`;
  if (branchAndPath.startsWith(prefix)) {
    const path = branchAndPath.slice(prefix.length);
    return (await has(path)) ? folderOf(path) : undefined;
  }
  // Only the repository knows where the name of another branch ends.
  const segments = branchAndPath.split('/');
  for (let end = 1; end < segments.length; end += 1) {
    const path = segments.slice(end).join('/');
    if (await has(path)) {
      return folderOf(path);
    }
  }
  return undefined;
}
