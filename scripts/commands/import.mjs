import { ensureInstalled } from '../lib/install.mjs';
import { runShown } from '../lib/show.mjs';

/** `waymark import`: makes definitions of what another system has. */
export default async function importDefinitions(args) {
  await ensureInstalled();
  const { code } = await runShown(
    ['workspace', '@waymark/cli', 'waymark', 'import', ...args],
    // The program of the workspace runs in its own folder, and files are named from here.
    { env: { WAYMARK_CALLED_FROM: process.cwd() } },
  );
  return code;
}
