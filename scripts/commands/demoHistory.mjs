import { requireGit } from '../lib/git.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { inState } from '../lib/paths.mjs';
import {
  backendEnvironment,
  configArguments,
  layOutPortal,
  startForge,
} from '../lib/portal.mjs';
import { step } from '../lib/progress.mjs';
import { runShown } from '../lib/show.mjs';
import { supervise } from '../lib/supervise.mjs';

/** Has the scorecards live through the year behind the repositories; the forge must run, and the portal must not. */
export async function replayHistory(layout, args = []) {
  const { code } = await runShown(
    [
      ...['workspace', '@waymark/cli', 'waymark', 'demo-history'],
      ...['--repositories', inState('forge', 'repos')],
      ...args,
      ...configArguments(),
    ],
    {
      env: {
        ...(await backendEnvironment(layout)),
        LOG_LEVEL: 'error',
      },
    },
  );
  return code;
}

/** `npm run demo:history`: a year of history for a new installation; the portal must not run. */
export default async function demoHistory(args) {
  await requireGit();
  const layout = await layOutPortal();
  await ensureInstalled();
  return supervise(async track => {
    const forge = track(await startForge(layout));
    await step('Starting the local forge', () =>
      forge.ready(`${layout.forgeUrl}/_forge/health`, 120_000),
    );
    return replayHistory(layout, args);
  });
}
