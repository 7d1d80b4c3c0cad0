import { InputError } from '@backstage/errors';

const SHA = /^[0-9a-f]{40}$/;
const ABBREVIATED_SHA = /^[0-9a-f]{7,40}$/;
// The rules of git-check-ref-format(1). The leading dash keeps a name from being read as an option.
const FORBIDDEN_IN_REF =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|^[-/.]|\/\.|\.$|\/$|\.lock(\/|$)|^@$/;

/** Whether the text is a full object name. */
export function isSha(value: string): boolean {
  return SHA.test(value);
}

/** Whether the text could be a shortened object name. */
export function isAbbreviatedSha(value: string): boolean {
  return ABBREVIATED_SHA.test(value);
}

/** Whether Git admits the text as (the tail of) a reference name. */
export function isRefName(value: string): boolean {
  return (
    value.length > 0 && value.length <= 1024 && !FORBIDDEN_IN_REF.test(value)
  );
}

/** The object name, or an error that names the field. */
export function parseSha(value: string, field = 'sha'): string {
  if (!isSha(value)) {
    throw new InputError(
      `${field} must be a full Git object name of 40 hexadecimal digits`,
    );
  }
  return value;
}

/**
 * A path inside a repository without leading and trailing slash; '' is the root.
 *
 * Refuses what could leave the tree or be read as something else by Git: `.`, `..`, `.git`, empty segments, NUL.
 */
export function parsePath(value: string | undefined, field = 'path'): string {
  const path = (value ?? '').replace(/^\/+|\/+$/g, '');
  if (path === '') {
    return '';
  }
  if (path.length > 4096) {
    throw new InputError(`${field} is longer than 4,096 characters`);
  }
  if (path.includes('\0')) {
    throw new InputError(`${field} must not contain a NUL character`);
  }
  for (const segment of path.split('/')) {
    if (segment === '' || segment === '.' || segment === '..') {
      throw new InputError(
        `${field} must not contain empty, '.' or '..' segments`,
      );
    }
    if (segment.toLowerCase() === '.git') {
      throw new InputError(`${field} must not contain a '.git' segment`);
    }
  }
  return path;
}
