import ignore, { Ignore } from 'ignore';

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

// A rule is asked about every file of a repository.
const matchers = new WeakMap<CodeOwnersRule, Ignore>();

/**
 * Owners of a file: those of the last rule that matches it.
 * @public
 */
export function ownersOf(
  rules: readonly CodeOwnersRule[],
  path: string,
): string[] {
  return rules.findLast(rule => matcherOf(rule).ignores(path))?.owners ?? [];
}

function matcherOf(rule: CodeOwnersRule): Ignore {
  const matcher = matchers.get(rule) ?? ignore().add(rule.pattern);
  matchers.set(rule, matcher);
  return matcher;
}
