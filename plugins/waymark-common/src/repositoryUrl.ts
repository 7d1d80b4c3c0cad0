/**
 * What a repository is called at present. Names pass on: after a rename or a deletion another repository may take it.
 * @public
 */
export interface RepositoryName {
  /** With port, if any. */
  host: string;
  owner: string;
  repository: string;
}

/**
 * A file or folder in a repository, as its web address on a GitHub host says.
 * @public
 */
export interface RepositoryLocation extends RepositoryName {
  view: 'blob' | 'tree' | 'raw' | 'edit';
  /** Branch and path together: only the repository knows where a branch with slashes ends. */
  branchAndPath: string;
}

const VIEWS: readonly string[] = ['blob', 'tree', 'raw', 'edit'];

const isView = (text: string): text is RepositoryLocation['view'] =>
  VIEWS.includes(text);

/**
 * Reads `https://host/owner/name/blob/branch/path`.
 *
 * @returns `undefined` for any other address. One that could be read in two ways (query, fragment, encoded slash) is
 * none, because trust depends on reading it as the URL reader does.
 * @public
 */
export function parseRepositoryUrl(
  target: string,
): RepositoryLocation | undefined {
  const parsed = parseSegments(target);
  if (!parsed) {
    return undefined;
  }
  const [view, ...rest] = parsed.rest;
  if (
    !isView(view) ||
    rest.length < 2 ||
    rest.some(segment => segment === '')
  ) {
    return undefined;
  }
  return { ...parsed.name, view, branchAndPath: rest.join('/') };
}

/**
 * The repository that an address on a GitHub host is of, whatever in it the address names.
 * @public
 */
export function parseRepositoryName(
  target: string,
): RepositoryName | undefined {
  return parseSegments(target)?.name;
}

function parseSegments(
  target: string,
): { name: RepositoryName; rest: string[] } | undefined {
  let url: URL;
  try {
    url = new URL(target);
  } catch {
    return undefined;
  }
  if (
    !['http:', 'https:'].includes(url.protocol) ||
    url.search ||
    url.hash ||
    url.username ||
    url.password ||
    /%(?:2f|5c|2e|00)/i.test(url.pathname)
  ) {
    return undefined;
  }
  let segments: string[];
  try {
    segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
  const [owner, repository, ...rest] = segments;
  return owner && repository
    ? { name: { host: url.host, owner, repository }, rest }
    : undefined;
}
