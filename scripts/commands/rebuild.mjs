import { existsSync } from 'node:fs';
import { UserError } from '../lib/fail.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { inState } from '../lib/paths.mjs';
import {
  backendEnvironment,
  configArguments,
  layOutPortal,
} from '../lib/portal.mjs';
import { runShown } from '../lib/show.mjs';

const isConfigured = args =>
  args.some(arg => arg === '--config' || arg.startsWith('--config='));

/** What the portal of this checkout is configured with. It must not run: its database has one writer. */
async function ownConfiguration() {
  if (!existsSync(inState('forge', 'token'))) {
    throw new UserError(
      `There is nothing to rebuild in ${inState()}: start the portal first, or name another one's configuration with --config.`,
    );
  }
  const layout = await layOutPortal().catch(error => {
    throw error instanceof UserError
      ? new UserError(`Stop the portal of this checkout. ${error.message}`)
      : error;
  });
  return {
    args: configArguments(),
    env: await backendEnvironment(layout),
  };
}

/** `waymark rebuild`: makes anew what follows from other data, and puts right what differs. */
export default async function rebuild(args) {
  const { args: more, env } = isConfigured(args)
    ? { args: [], env: process.env }
    : await ownConfiguration();
  await ensureInstalled();
  const { code } = await runShown(
    ['workspace', '@waymark/cli', 'waymark', 'rebuild', ...args, ...more],
    { env: { LOG_LEVEL: 'warn', ...env } },
  );
  return code;
}
