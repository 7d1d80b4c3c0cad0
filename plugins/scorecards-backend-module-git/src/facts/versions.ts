import { minVersion } from 'semver';

/** The lowest version that a range of npm, Python or Go allows. */
export function lowestOf(declared: string): string | null {
  const range = declared
    .replace(/,/g, ' ')
    .replace(/!=\s*\S+/g, '')
    .replace(/~=/g, '^')
    .replace(/={2,3}/g, '=')
    .trim();
  if (!/\d/.test(range)) {
    return null;
  }
  try {
    return minVersion(range)?.version ?? null;
  } catch {
    return null;
  }
}
