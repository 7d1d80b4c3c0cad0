import fc from 'fast-check';
import { parseRepositoryName, parseRepositoryUrl } from './repositoryUrl';

describe('parseRepositoryUrl', () => {
  it('reads host, repository, view, branch and path', () => {
    expect(
      parseRepositoryUrl(
        'http://localhost:7009/acme/quotes/blob/main/docs/a%20b.md',
      ),
    ).toEqual({
      host: 'localhost:7009',
      owner: 'acme',
      repository: 'quotes',
      view: 'blob',
      branchAndPath: 'main/docs/a b.md',
    });
  });

  it.each([
    'https://github.com/acme/quotes',
    'https://github.com/acme/quotes/wiki/main/a',
    'https://github.com/acme/quotes/blob/main',
    'https://github.com/acme/quotes/blob/main//a',
    'https://github.com/acme/quotes/blob/main/a?raw=1',
    'https://github.com/acme/quotes/blob/main/a#L1',
    'https://github.com/acme/quotes/blob/main/a%2Fb',
    'https://github.com/acme/quotes/blob/main/%2e%2e/b',
    'https://user@github.com/acme/quotes/blob/main/a',
    'https://github.com/acme/quotes/blob/main/%E0%A4%A',
    'file:///acme/quotes/blob/main/a',
    'acme/quotes',
  ])('finds none in %s', url => {
    expect(parseRepositoryUrl(url)).toBeUndefined();
  });

  it('names the same repository as the address without a file, and never throws', () => {
    expect(parseRepositoryName('https://github.com/acme/quotes')).toEqual({
      host: 'github.com',
      owner: 'acme',
      repository: 'quotes',
    });
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl()), url => {
        const { owner, repository } = parseRepositoryUrl(url) ?? {};
        const named = parseRepositoryName(url);
        expect([
          owner ?? named?.owner,
          repository ?? named?.repository,
        ]).toEqual([named?.owner, named?.repository]);
      }),
    );
  });
});
