import { NotAllowedError } from '@backstage/errors';
import { Request } from 'express';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Lets through only what the portal's own page sends, and programs that are no browser.
 *
 * @remarks
 *
 * Personas need no password, so any page in a browser on this machine could try. The custom header cannot be sent from
 * another site without a preflight that fails, `Origin` is checked where a browser sends it, and the host name is checked
 * because a page can make its own name resolve to 127.0.0.1 (DNS rebinding) and would then be "same origin".
 */
export function assertSameSite(
  request: Request,
  options: { appUrl: string; isOriginAllowed(origin: string): boolean },
): void {
  if (request.method !== 'POST') {
    throw new NotAllowedError('Signing in as a persona takes a POST request');
  }
  if (request.get('X-Requested-With') !== 'XMLHttpRequest') {
    throw new NotAllowedError(
      'Signing in as a persona takes the header X-Requested-With: XMLHttpRequest',
    );
  }
  const origin = request.get('Origin');
  if (origin !== undefined && !options.isOriginAllowed(origin)) {
    throw new NotAllowedError(`Origin '${origin}' is not allowed`);
  }
  const hostNames = [...LOOPBACK, new URL(options.appUrl).hostname];
  const host = request.get('Host') ?? '';
  const url = `http://${host}`;
  if (!URL.canParse(url) || !hostNames.includes(new URL(url).hostname)) {
    throw new NotAllowedError(`Host '${host}' is not allowed`);
  }
}
