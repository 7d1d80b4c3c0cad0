import { matchesGlob } from '@waymark/waymark-common';
import { parse } from 'yaml';
import { z } from 'zod';

const configuration = z.looseObject({
  updates: z.array(
    z.looseObject({
      'package-ecosystem': z.string(),
      directory: z.string().optional(),
      directories: z.array(z.string()).optional(),
    }),
  ),
});

/**
 * Ecosystems that Dependabot keeps up to date in a folder or below it. None when the file is no configuration of Dependabot,
 * which then does nothing at all.
 */
export function dependencyUpdates(content: string, folder: string): string[] {
  let document: unknown;
  try {
    document = parse(content, { maxAliasCount: 0 });
  } catch {
    return [];
  }
  const parsed = configuration.safeParse(document);
  if (!parsed.success) {
    return [];
  }
  const ecosystems = parsed.data.updates
    .filter(({ directory = '/', directories = [directory] }) =>
      directories.some(pattern => covers(pattern, folder)),
    )
    .map(update => update['package-ecosystem']);
  return [...new Set(ecosystems)].sort();
}

function covers(pattern: string, folder: string): boolean {
  const path = pattern.replace(/^\/+|\/+$/g, '');
  return (
    path === folder ||
    // What lies deeper belongs to the entity, too.
    folder === '' ||
    path.startsWith(`${folder}/`) ||
    matchesGlob(path, folder)
  );
}
