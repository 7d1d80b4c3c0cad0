import { ensureInstalled } from '../lib/install.mjs';
import { runShown } from '../lib/show.mjs';

/** `waymark ledger verify`: verifies the export of a ledger, with nothing but files. */
export default async function ledger(args) {
  await ensureInstalled();
  const { code } = await runShown(
    ['workspace', '@waymark/cli', 'waymark', 'ledger', ...args],
    // The program of the workspace runs in its own folder, and files are named from here.
    { env: { WAYMARK_CALLED_FROM: process.cwd() } },
  );
  return code;
}
