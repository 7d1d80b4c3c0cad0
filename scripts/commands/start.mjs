import { ensureAppBuilt } from '../lib/appBuild.mjs';
import { requireGit } from '../lib/git.mjs';
import { ensureInstalled } from '../lib/install.mjs';
import { fetchMkdocs } from '../lib/mkdocs.mjs';
import { layOutPortal, startBackend, startForge } from '../lib/portal.mjs';
import { say, step } from '../lib/progress.mjs';
import { supervise } from '../lib/supervise.mjs';

/** `npm start`: everything on loopback, one URL. `--verbose` prints the logs. */
export default async function start(args) {
  const verbose = args.includes('--verbose');
  await requireGit();
  const layout = await layOutPortal();
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
