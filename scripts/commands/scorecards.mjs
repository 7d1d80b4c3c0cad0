import { ensureInstalled } from '../lib/install.mjs';
import { runShown } from '../lib/show.mjs';

/** `waymark scorecards diff`: tells what changed definitions would change in a portal that runs. */
export default async function scorecards(args) {
  await ensureInstalled();
  const { code } = await runShown(
    ['workspace', '@waymark/cli', 'waymark', 'scorecards', ...args],
    // The program of the workspace runs in its own folder, and what is compared is where this was called.
    { env: { WAYMARK_CALLED_FROM: process.cwd() } },
  );
  return code;
}
