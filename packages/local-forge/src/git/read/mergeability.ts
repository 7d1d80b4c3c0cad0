import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServiceUnavailableError } from '@backstage/errors';
import { runGit } from './runGit';
import { GitMergeability } from './types';

/**
 * Merges two commits in memory with `git merge-tree --write-tree` (Git 2.38 or newer).
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
    const output = await runGit(
      [
        'merge-tree',
        '--write-tree',
        '-z',
        '--name-only',
        '--no-messages',
        base,
        head,
      ],
      {
        repository,
        okCodes: [0, 1, 128, 129],
        env: {
          GIT_OBJECT_DIRECTORY: objects,
          GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repository, 'objects'),
        },
      },
    );
    if (output.exitCode === 129) {
      throw new ServiceUnavailableError(
        'Git 2.38 or newer is needed to tell whether two branches merge',
      );
    }
    if (output.exitCode === 128) {
      if (output.stderr.includes('unrelated histories')) {
        return { clean: false, conflicts: [] };
      }
      throw new Error(`git merge-tree failed: ${output.stderr}`);
    }
    const [, ...paths] = output.stdout.toString('utf8').split('\0');
    return {
      clean: output.exitCode === 0,
      conflicts: [...new Set(paths.filter(path => path !== ''))],
    };
  } finally {
    await rm(objects, { recursive: true, force: true });
  }
}
