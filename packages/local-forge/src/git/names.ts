const OWNER = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/;
const REPOSITORY = /^[A-Za-z0-9._-]{1,100}$/;

/** Whether GitHub would accept the text as a login of a user or organisation. */
export function isOwnerName(value: string): boolean {
  return OWNER.test(value);
}

/**
 * Whether GitHub would accept the text as a repository name. Also what keeps
 * a name inside the repositories folder: no separator, not `.` or `..`.
 */
export function isRepositoryName(value: string): boolean {
  return (
    REPOSITORY.test(value) &&
    value !== '.' &&
    value !== '..' &&
    !value.toLocaleLowerCase('en-US').endsWith('.git')
  );
}
