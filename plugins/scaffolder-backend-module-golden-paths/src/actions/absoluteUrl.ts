import { InputError } from '@backstage/errors';

/**
 * A URL as it is, a path below the portal.
 *
 * @throws InputError for anything that is not http(s)
 */
export function absoluteUrl(
  value: string | undefined,
  portalUrl: string,
): string | undefined {
  if (!value) {
    return undefined;
  }
  const base = `${portalUrl.replace(/\/$/, '')}/`;
  const text = value.startsWith('/') ? `.${value}` : value;
  if (
    !URL.canParse(text, base) ||
    !['http:', 'https:'].includes(new URL(text, base).protocol)
  ) {
    throw new InputError(
      `homepage: "${value}" is not an http(s) URL or a path`,
    );
  }
  return new URL(text, base).toString();
}
