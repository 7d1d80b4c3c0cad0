import { GitHubApiError } from '../errors';

/** Decodes Base64 as GitHub does: line breaks are fine, anything else is not. */
export function decodeBase64(text: string): Buffer {
  const compact = text.replace(/\s/g, '');
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(compact)) {
    throw new GitHubApiError(422, 'content is not valid Base64');
  }
  return Buffer.from(compact, 'base64');
}

/** GitHub breaks Base64 after 60 characters. */
export function wrapBase64(base64: string): string {
  return base64.replace(/.{60}/g, '$&\n').replace(/([^\n])$/, '$1\n');
}
