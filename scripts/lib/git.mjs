import { UserError } from './fail.mjs';
import { runToEnd } from './processes.mjs';

/** `git merge-tree --write-tree`, which the forge merges with, came with 2.38. */
const NEEDED = [2, 38];

export async function requireGit() {
  const output = await runToEnd('git', ['--version']).catch(() => {
    throw new UserError(
      'Git was not found: install Git 2.38 or newer (the portal keeps its catalog in Git) and run npm start again.',
    );
  });
  const version = /(\d+)\.(\d+)/.exec(output)?.slice(1).map(Number) ?? [0, 0];
  if (
    version[0] < NEEDED[0] ||
    (version[0] === NEEDED[0] && version[1] < NEEDED[1])
  ) {
    throw new UserError(
      `Git ${version.join(
        '.',
      )} is too old: install Git 2.38 or newer and run npm start again.`,
    );
  }
}
