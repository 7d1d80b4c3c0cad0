import { ensureInstalled } from '../lib/install.mjs';
import { say } from '../lib/progress.mjs';
import { keepTemporaryFilesTogether } from '../lib/runFolder.mjs';
import { runTemplates } from '../lib/templatesCheck.mjs';

/** `waymark templates check`: everything that a template must pass before it is merged. */
export default async function templates(args) {
  await ensureInstalled();
  await keepTemporaryFilesTogether();
  const { code, skipped } = await runTemplates(args);
  for (const sentence of skipped) say.line(`- skipped: ${sentence}`);
  return code;
}
