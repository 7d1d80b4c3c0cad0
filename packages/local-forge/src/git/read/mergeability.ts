import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mergeTrees } from '../mergeTrees';
import { GitMergeability } from './types';

/**
 * Whether two commits merge.
 *
 * New objects go to a throw-away folder, so that looking at a pull request never grows the repository.
 */
export async function computeMergeability(
  repository: string,
  base: string,
  head: string,
): Promise<GitMergeability> {
  const objects = await mkdtemp(join(tmpdir(), 'waymark-merge-'));
  try {
    const merged = await mergeTrees(repository, base, head, {
      env: {
        GIT_OBJECT_DIRECTORY: objects,
        GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repository, 'objects'),
      },
    });
    return {
      clean: merged.clean,
      conflicts: merged.clean ? [] : merged.conflicts,
    };
  } finally {
    await rm(objects, { recursive: true, force: true });
  }
}
