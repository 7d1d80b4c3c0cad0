import { Request } from 'express';

/** First path segments that belong to GitHub's REST and GraphQL API. */
export const API_SEGMENTS: ReadonlySet<string> = new Set([
  'api',
  'app',
  'applications',
  'apps',
  'app-manifests',
  'emojis',
  'events',
  'feeds',
  'gists',
  'graphql',
  'installation',
  'issues',
  'licenses',
  'login',
  'meta',
  'notifications',
  'octocat',
  'organizations',
  'orgs',
  'projects',
  'rate_limit',
  'repos',
  'repositories',
  'search',
  'teams',
  'user',
  'users',
  'versions',
  'zen',
]);

const GIT = /\/(info\/refs|git-upload-pack|git-receive-pack|objects\/.*|HEAD)$/;

function wantsPage(request: Request): boolean {
  const accept = request.headers.accept ?? '*/*';
  if (accept.includes('text/html')) {
    return true;
  }
  return !request.headers.authorization && !accept.includes('json');
}

/**
 * Whether the request is one for a page, not for the API or Git, which share the address.
 *
 * @remarks
 * `/orgs/acme/teams/checkout` is both: a person's browser asks for HTML, a client sends a token or asks for
 * JSON. Everything else is told apart by its first segment.
 */
export function isPageRequest(request: Request): boolean {
  const [, first = ''] = request.path.split('/');
  if (first === '_forge') {
    return /^\/_forge\/(deliveries|pages\.css)\/?$/.test(request.path);
  }
  if (first.startsWith('.') || GIT.test(request.path)) {
    return false;
  }
  if (/^\/orgs\/[^/]+(\/teams(\/[^/]+)?)?\/?$/.test(request.path)) {
    return request.method === 'GET' && wantsPage(request);
  }
  if (API_SEGMENTS.has(first)) {
    return false;
  }
  return wantsPage(request) || /^\/[^/]+\/[^/]+\/raw\//.test(request.path);
}
