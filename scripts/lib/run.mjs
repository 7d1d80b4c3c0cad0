import { UserError } from './fail.mjs';
import { isSupported, reexecUnderPinnedNode } from './node.mjs';
import { stopWithParent } from './parent.mjs';
import { say } from './progress.mjs';

const COMMANDS = {
  start: () => import('../commands/start.mjs'),
  dev: () => import('../commands/dev.mjs'),
  reset: () => import('../commands/reset.mjs'),
  test: () => import('../commands/test.mjs'),
  install: () => import('../commands/install.mjs'),
  tools: () => import('../commands/tools.mjs'),
  templates: () => import('../commands/templates.mjs'),
  rebuild: () => import('../commands/rebuild.mjs'),
  scorecards: () => import('../commands/scorecards.mjs'),
  import: () => import('../commands/import.mjs'),
  ledger: () => import('../commands/ledger.mjs'),
  'demo-history': () => import('../commands/demoHistory.mjs'),
};

/** Runs one command; a {@link UserError} becomes one sentence and exit 1. */
export async function run(argv) {
  const [name, ...rest] = argv;
  stopWithParent();
  try {
    if (!Object.hasOwn(COMMANDS, name)) {
      throw new UserError(
        `${
          name === undefined
            ? 'No command is given'
            : `Unknown command "${name}"`
        }: use one of ${Object.keys(COMMANDS).join(', ')}.`,
      );
    }
    // Emptying a folder needs no particular Node, and must work offline.
    if (name !== 'reset' && !isSupported(process.versions.node)) {
      process.exitCode = await reexecUnderPinnedNode(argv);
      return;
    }
    const command = await COMMANDS[name]();
    process.exitCode = (await command.default(rest)) ?? 0;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    say.failure(error.message);
    process.exitCode = 1;
  }
}
