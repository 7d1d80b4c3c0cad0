/** Hosts that the packages of a lock file come from. */
export interface LockFileFacts {
  path: string;
  registryHosts: string[] | null;
}

// A host behind the field of each format that holds an address. All are linear in the length of the file.
const ADDRESS =
  '(?:[a-z]+\\+)?(?:https?|ssh|git)://(?:[^\\s/@"\']*@)?([^\\s/:"\'#?]+)';
const behind = (field: string) => new RegExp(`${field}${ADDRESS}`, 'gi');

const FORMATS: Record<string, RegExp | undefined> = {
  'package-lock.json': behind('"resolved":\\s{0,4}"'),
  'npm-shrinkwrap.json': behind('"resolved":\\s{0,4}"'),
  'yarn.lock': behind('(?:resolved "|resolution: "[^"\\n]{0,300}?@)'),
  'pnpm-lock.yaml': behind('tarball: [\'"]?'),
  'poetry.lock': behind('url = "'),
  'uv.lock': behind('(?:registry|url|git) = "'),
  'pdm.lock': behind('url = "'),
  'pipfile.lock': behind('"url":\\s{0,4}"'),
  'cargo.lock': behind('source = "'),
  'composer.lock': behind('"url":\\s{0,4}"'),
  'gemfile.lock': behind('remote: '),
  'mix.lock': behind('(?!)'),
  'packages.lock.json': behind('(?!)'),
  'gradle.lockfile': behind('(?!)'),
  'go.sum': behind('(?!)'),
};

const formatOf = (path: string) =>
  FORMATS[path.slice(path.lastIndexOf('/') + 1).toLocaleLowerCase('en-US')];

/** Whether a file fixes the versions of dependencies. */
export const isLockFile = (path: string) => formatOf(path) !== undefined;

/** @param content - undefined when the file is too large to be read */
export function lockFileFacts(
  path: string,
  content: string | undefined,
): LockFileFacts {
  if (content === undefined) {
    return { path, registryHosts: null };
  }
  const hosts = new Set<string>();
  for (const [, host] of content.matchAll(formatOf(path)!)) {
    hosts.add(host.toLocaleLowerCase('en-US'));
  }
  return { path, registryHosts: [...hosts].sort() };
}
