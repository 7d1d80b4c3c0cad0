import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { ensureAppBuilt } from '../lib/appBuild.mjs';
import { isCi } from '../lib/ci.mjs';
import { UserError } from '../lib/fail.mjs';
import { requireGit } from '../lib/git.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { fetchMkdocs } from '../lib/mkdocs.mjs';
import { inState } from '../lib/paths.mjs';
import { layOutPortal, startBackend, startForge } from '../lib/portal.mjs';
import { say, step } from '../lib/progress.mjs';
import { supervise } from '../lib/supervise.mjs';
import { replayHistory } from './demoHistory.mjs';

/** Whether to replay a history first: where it is asked for, or where somebody sits there and there is none yet. */
async function wantsHistory(args) {
  if (args.includes('--demo-history')) return true;
  const isNew = !existsSync(inState('db', 'scorecards.sqlite'));
  if (!isNew || isCi() || !process.stdin.isTTY || !process.stdout.isTTY) {
    return false;
  }
  const terminal = createInterface({
    input: process.stdin,
    output: process.stdout,
  });
  const answer = await terminal.question(
    'Fill the scorecards with a year of demonstration history first? It takes a minute or two. [y/N] ',
  );
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

/**
 * `npm start`: everything on loopback, one URL. `--verbose` prints the logs, `--demo-history` replays a year of history first.
 */
export default async function start(args) {
  const verbose = args.includes('--verbose');
  await requireGit();
  const layout = await layOutPortal();
  const isReplaying = await wantsHistory(args);
  await ensureInstalled();
  return supervise(async track => {
    // Both are needed before the backend can start, and neither needs the other.
    const [forge] = await Promise.all([
      startForge(layout, { verbose }).then(track),
      ensureAppBuilt(),
    ]);
    await step('Starting the local forge', () =>
      forge.ready(`${layout.forgeUrl}/_forge/health`, 120_000),
    );
    if (isReplaying && (await replayHistory(layout)) !== 0) {
      throw new UserError(
        'There is no demonstration history, for the reason above. Start without it, or see npm run demo:history.',
      );
    }
    const backend = track(await startBackend(layout, { verbose }));
    await step('Starting the portal', () =>
      backend.ready(`${layout.url}/.backstage/health/v1/readiness`, 120_000),
    );
    say.line('');
    say.line(`  Waymark is ready: ${say.bold(layout.url)}`);
    say.line('');
    track(fetchMkdocs(line => say.line(say.dim(`  ${line}`))));
  });
}
