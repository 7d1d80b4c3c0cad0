import { matchesNames } from './glob';

/**
 * One rule of a CODEOWNERS file; an empty `owners` means "nobody".
 * @public
 */
export interface CodeOwnersRule {
  pattern: string;
  owners: string[];
}

/**
 * Where GitHub looks for the file; the first one found counts.
 * @public
 */
export const CODEOWNERS_PATHS = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

/**
 * Reads a CODEOWNERS file, in the order of its lines.
 * @public
 */
export function parseCodeOwners(content: string): CodeOwnersRule[] {
  const rules: CodeOwnersRule[] = [];
  for (const line of content.split(/\r?\n/)) {
    const text = line.replace(/(^|\s)#.*$/, '').trim();
    if (text) {
      const [pattern, ...owners] = text.split(/\s+/);
      rules.push({ pattern, owners });
    }
  }
  return rules;
}

/**
 * Owners of a file: those of the last rule that matches it.
 * @public
 */
export function ownersOf(
  rules: readonly CodeOwnersRule[],
  path: string,
): string[] {
  const names = path.split('/');
  return rules.findLast(rule => matches(rule.pattern, names))?.owners ?? [];
}

function matches(pattern: string, names: readonly string[]): boolean {
  const ofFolder = pattern.endsWith('/');
  const expected = pattern.split('/').filter(name => name !== '');
  if (expected.length === 0) {
    return false;
  }
  const fromRoot = pattern.slice(0, -1).includes('/');
  const wanted = fromRoot ? expected : ['**', ...expected];
  if (!ofFolder && matchesNames(wanted, names)) {
    return true;
  }
  // `docs/*` means the files of that folder and none that lie deeper; any other pattern takes a folder with all in it.
  const onlyHere = fromRoot && !ofFolder && expected.at(-1) === '*';
  return !onlyHere && matchesNames([...wanted, '*', '**'], names);
}
