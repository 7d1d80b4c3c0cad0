import {
  buildSeconds,
  ensureTools,
  sayTools,
} from '../lib/tools/ensureTools.mjs';

/** `waymark tools [name …]`: the judges of what templates generate, at their pinned versions. */
export default async function tools(names) {
  const result = await ensureTools(names.length > 0 ? { names } : {});
  sayTools(result, await buildSeconds());
}
