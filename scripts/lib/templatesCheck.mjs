import { dirname, delimiter } from 'node:path';
import { root } from './paths.mjs';
import { runShown } from './show.mjs';
import { ensureTools, withTools } from './tools/ensureTools.mjs';

/** What judges the output of templates; opa judges none of it yet. */
const TOOLS = ['helm', 'actionlint', 'kubeconform', 'gitleaks', 'zizmor'];

const lints = args => {
  const only = args.find((_, index) => args[index - 1] === '--only');
  const inline = args.find(arg => arg.startsWith('--only='));
  const checks = only ?? inline?.slice('--only='.length);
  return checks === undefined || checks.split(',').includes('lint');
};

/**
 * `waymark templates check`: builds the tools that it will ask for, and runs it.
 *
 * @param {string[]} args after `templates`
 * @param {Record<string, string>} [env]
 * @returns {Promise<{ code: number, skipped: string[] }>} what could not be built here, and why
 */
export async function runTemplates(args, env = {}) {
  const { tools, skipped } = lints(args)
    ? await ensureTools({ names: TOOLS })
    : { tools: {}, skipped: {} };
  const environment = withTools(tools, {
    ...process.env,
    ...env,
    // npm and Node of the same version as this launcher's.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  });
  const { code } = await runShown(
    ['workspace', '@waymark/cli', 'waymark', 'templates', ...args],
    { cwd: root, env: environment },
  );
  return { code, skipped: Object.values(skipped) };
}
