import ignore from 'ignore';

/** One rule of a CODEOWNERS file; an empty `owners` means "nobody". */
export interface CodeOwnersRule {
  pattern: string;
  owners: string[];
}

/** Where GitHub looks for the file; the first one found counts. */
export const CODEOWNERS_PATHS = [
  '.github/CODEOWNERS',
  'CODEOWNERS',
  'docs/CODEOWNERS',
];

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

/** Owners of a file: those of the last rule that matches it. */
export function ownersOf(
  rules: readonly CodeOwnersRule[],
  path: string,
): string[] {
  for (const rule of [...rules].reverse()) {
    if (ignore().add(rule.pattern).ignores(path)) {
      return rule.owners;
    }
  }
  return [];
}
