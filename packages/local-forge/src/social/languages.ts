import { extname } from 'node:path';
import { GitReader } from '../git/read';

const BY_EXTENSION: Record<string, string> = {
  '.bash': 'Shell',
  '.c': 'C',
  '.cjs': 'JavaScript',
  '.cpp': 'C++',
  '.cs': 'C#',
  '.css': 'CSS',
  '.go': 'Go',
  '.h': 'C',
  '.hcl': 'HCL',
  '.html': 'HTML',
  '.java': 'Java',
  '.js': 'JavaScript',
  '.jsx': 'JavaScript',
  '.kt': 'Kotlin',
  '.mjs': 'JavaScript',
  '.php': 'PHP',
  '.proto': 'Protocol Buffer',
  '.py': 'Python',
  '.rb': 'Ruby',
  '.rego': 'Open Policy Agent',
  '.rs': 'Rust',
  '.scala': 'Scala',
  '.scss': 'SCSS',
  '.sh': 'Shell',
  '.sql': 'SQL',
  '.svelte': 'Svelte',
  '.swift': 'Swift',
  '.tf': 'HCL',
  '.ts': 'TypeScript',
  '.tsx': 'TypeScript',
  '.vue': 'Vue',
};
const BY_NAME: Record<string, string> = {
  Dockerfile: 'Dockerfile',
  Makefile: 'Makefile',
};
const VENDORED = /(^|\/)(node_modules|vendor|dist|third_party)\//;

const known = new Map<string, Promise<Record<string, number>>>();
const MAX_KNOWN = 500;

/**
 * Bytes per language at a commit, largest first: GitHub's linguist reduced to
 * file names; data and prose (YAML, JSON, Markdown) do not count, as there.
 */
export async function languagesAt(
  reader: GitReader,
  commit: string,
): Promise<Record<string, number>> {
  const key = `${reader.path}@${commit}`;
  let languages = known.get(key);
  if (!languages) {
    if (known.size >= MAX_KNOWN) {
      known.clear();
    }
    languages = countLanguages(reader, commit);
    known.set(key, languages);
    languages.catch(() => known.delete(key));
  }
  return await languages;
}

async function countLanguages(
  reader: GitReader,
  commit: string,
): Promise<Record<string, number>> {
  const bytes = new Map<string, number>();
  for (const entry of await reader.tree(commit, '', { recursive: true })) {
    const language = BY_NAME[entry.name] ?? BY_EXTENSION[extname(entry.name)];
    if (entry.type === 'blob' && language && !VENDORED.test(entry.path)) {
      bytes.set(language, (bytes.get(language) ?? 0) + (entry.size ?? 0));
    }
  }
  return Object.fromEntries([...bytes].sort((a, b) => b[1] - a[1]));
}
