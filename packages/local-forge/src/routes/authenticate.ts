import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestHandler } from 'express';
import { GitHubApiError } from '../errors';

/**
 * Reads the credentials of a request.
 *
 * @remarks
 * The one token is the portal's: a bearer of it acts as the bot. Git sends a
 * name along; if it is that of a user, the push is that user's (`git push
 * http://dev-checkout:<token>@localhost:7009/…`), for whoever holds the token
 * may act as anybody anyway.
 */
export function authenticate(options: {
  token: string;
  bot: string;
  isUser(login: string): boolean;
}): RequestHandler {
  return (request, response, next) => {
    const header = request.headers.authorization;
    if (!header) {
      next();
      return;
    }
    const credentials = parseCredentials(header);
    if (!credentials || !sameText(credentials.token, options.token)) {
      next(new GitHubApiError(401, 'Bad credentials'));
      return;
    }
    const { login } = credentials;
    response.locals.actor =
      login && options.isUser(login) ? login : options.bot;
    response.setHeader(
      'X-OAuth-Scopes',
      'admin:org, admin:repo_hook, delete_repo, repo, user, workflow',
    );
    next();
  };
}

function parseCredentials(
  header: string,
): { login?: string; token: string } | undefined {
  const [scheme, value = ''] = header.split(/\s+/, 2);
  switch (scheme.toLowerCase()) {
    case 'bearer':
    case 'token':
      return { token: value };
    case 'basic': {
      const text = Buffer.from(value, 'base64').toString('utf8');
      const colon = text.indexOf(':');
      const login = text.slice(0, colon);
      const password = text.slice(colon + 1);
      // `https://<token>@host` puts the token where the name belongs.
      return password ? { login, token: password } : { token: login };
    }
    default:
      return undefined;
  }
}

function sameText(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
