/**
 * What an annotation such as `waymark.dev/runbook` points at.
 *
 * @remarks
 * - `path`: a file of the entity's own repository, `path` relative to the folder of its `catalog-info.yaml`.
 * - `repositoryFile`: a file of another repository on the same host, `path` relative to its root.
 * - `url`: an absolute URL.
 *
 * Paths are normalised: separated by `/`, without `.` or empty segments, never leading out of their folder.
 * @public
 */
export type RepositoryReference =
  | { kind: 'path'; path: string }
  | {
      kind: 'repositoryFile';
      owner: string;
      repository: string;
      path: string;
    }
  | { kind: 'url'; url: string };

/**
 * Either the reference, or the reason why the text is none, as a sentence part that can follow "waymark.dev/runbook: ".
 * @public
 */
export type RepositoryReferenceResult =
  | { ok: true; reference: RepositoryReference }
  | { ok: false; reason: string };

/**
 * Options of {@link parseRepositoryReference}.
 * @public
 */
export interface ParseRepositoryReferenceOptions {
  /**
   * Host (with port, if any) of the source-control integration. Plain `http` is admitted for this host only, because a
   * forge on loopback has no certificate.
   */
  scmHost?: string;
}

const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/;
const REPOSITORY = /^(?!\.{1,2}$)[A-Za-z0-9._-]+$/;
const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/;
// eslint-disable-next-line no-control-regex
const CONTROL_CHARACTER = /[\u0000-\u001f\u007f]/;

const refuse = (reason: string): RepositoryReferenceResult => ({
  ok: false,
  reason,
});

function normalisePath(path: string): string | { reason: string } {
  if (path.startsWith('/')) {
    return { reason: 'must be a relative path, without a leading "/"' };
  }
  if (/[\\?]/.test(path) || /%(?:2f|5c|00)/i.test(path)) {
    return { reason: 'must separate folders by "/" and hold no "\\" or "?"' };
  }
  const segments = path.split('/').filter(segment => segment !== '');
  if (segments.some(segment => segment !== segment.trim())) {
    return { reason: 'must not hold a name that begins or ends with a space' };
  }
  // The WHATWG URL parser reads "%2e%2e" as "..", so that form is an escape as well.
  const plain = segments.map(segment => segment.replace(/%2e/gi, '.'));
  if (plain.includes('..')) {
    return { reason: 'must not hold ".."' };
  }
  const kept = segments.filter((_, index) => plain[index] !== '.');
  if (SCHEME.test(kept[0] ?? '')) {
    return { reason: 'must not begin like a URL' };
  }
  return kept.length === 0 ? { reason: 'must name a file' } : kept.join('/');
}

function parseUrl(
  value: string,
  options: ParseRepositoryReferenceOptions,
): RepositoryReferenceResult {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return refuse(`"${value}" is not a valid URL`);
  }
  const plainScm = url.protocol === 'http:' && url.host === options.scmHost;
  if (url.protocol !== 'https:' && !plainScm) {
    return refuse(
      `a URL must begin with "https://", not with "${url.protocol}"`,
    );
  }
  if (!/^https?:\/\//i.test(value)) {
    return refuse(`"${value}" is not a valid URL`);
  }
  if (url.username || url.password) {
    return refuse('a URL must not hold a user name or password');
  }
  return { ok: true, reference: { kind: 'url', url: url.href } };
}

/**
 * Reads the value of an annotation that points at a file or page: a relative path (`docs/runbook.md`), a file of
 * another repository (`acme/on-call#checkout.yaml`), or an `https://` URL.
 *
 * @remarks
 * Total: any value gives a reference or a reason, nothing throws. A `#` always separates a repository from a path;
 * a relative path cannot hold one.
 * @public
 */
export function parseRepositoryReference(
  value: unknown,
  options: ParseRepositoryReferenceOptions = {},
): RepositoryReferenceResult {
  if (typeof value !== 'string' || value.trim() === '') {
    return refuse('must be a path, "owner/repository#path" or an https URL');
  }
  if (CONTROL_CHARACTER.test(value) || value !== value.trim()) {
    return refuse('must not hold control characters or surrounding spaces');
  }
  if (SCHEME.test(value)) {
    return parseUrl(value, options);
  }
  const [before, after, ...rest] = value.split('#');
  if (after === undefined) {
    const path = normalisePath(value);
    return typeof path === 'string'
      ? { ok: true, reference: { kind: 'path', path } }
      : refuse(path.reason);
  }
  const [owner, repository, ...more] = before.split('/');
  if (
    rest.length > 0 ||
    more.length > 0 ||
    !OWNER.test(owner) ||
    !REPOSITORY.test(repository ?? '')
  ) {
    return refuse('with "#" it must read "owner/repository#path"');
  }
  const path = normalisePath(after);
  return typeof path === 'string'
    ? {
        ok: true,
        reference: { kind: 'repositoryFile', owner, repository, path },
      }
    : refuse(path.reason);
}
