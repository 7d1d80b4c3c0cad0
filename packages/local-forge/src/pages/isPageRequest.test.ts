import { Request } from 'express';
import { isPageRequest } from './isPageRequest';

function ask(
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
) {
  return isPageRequest({ path, headers, method } as Request);
}

describe('isPageRequest', () => {
  const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };

  it.each([
    '/',
    '/acme',
    '/acme/shop',
    '/acme/shop/tree/main/src',
    '/acme/shop/pull/1/files',
    '/orgs/acme/teams/checkout',
    '/_forge/deliveries',
    '/_forge/pages.css',
  ])('takes %s of a browser and of a plain client', path => {
    expect(ask(path, browser)).toBe(true);
    expect(ask(path, { accept: '*/*' })).toBe(true);
  });

  it.each([
    '/repos/acme/shop',
    '/user',
    '/rate_limit',
    '/graphql',
    '/search/code',
    '/_forge/health',
    '/acme/shop.git/info/refs',
    '/acme/shop/info/refs',
    '/acme/shop.git/git-upload-pack',
    '/.well-known/x',
  ])('leaves %s to the API and Git, even of a browser', path => {
    expect(ask(path, browser)).toBe(false);
  });

  it('tells a page from the API where both have the address', () => {
    const path = '/orgs/acme/teams/checkout';
    expect(ask(path, { accept: 'application/vnd.github+json' })).toBe(false);
    expect(ask(path, { accept: '*/*', authorization: 'token x' })).toBe(false);
    expect(ask(path, browser, 'PATCH')).toBe(false);
    expect(ask('/orgs/acme/repos', browser)).toBe(false);
  });

  it('gives raw files to clients with a token too', () => {
    const headers = { accept: '*/*', authorization: 'token x' };
    expect(ask('/acme/shop/raw/main/a.txt', headers)).toBe(true);
    expect(ask('/acme/shop/main/a.txt', headers)).toBe(false);
  });
});
