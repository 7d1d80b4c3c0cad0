import fc from 'fast-check';
import { parseRepositoryReference } from './repositoryReference';

const accepted = (value: unknown, scmHost?: string) => {
  const result = parseRepositoryReference(value, { scmHost });
  return result.ok ? result.reference : undefined;
};

describe('parseRepositoryReference', () => {
  it.each([
    ['docs/runbook.md', { kind: 'path', path: 'docs/runbook.md' }],
    ['./docs//runbook.md', { kind: 'path', path: 'docs/runbook.md' }],
    [
      'acme/on-call#checkout.yaml',
      {
        kind: 'repositoryFile',
        owner: 'acme',
        repository: 'on-call',
        path: 'checkout.yaml',
      },
    ],
    [
      'https://grafana.example/d/1?x=1#y',
      { kind: 'url', url: 'https://grafana.example/d/1?x=1#y' },
    ],
  ])('reads %s', (value, reference) => {
    expect(accepted(value)).toEqual(reference);
  });

  it.each([
    ['../secret', /"\.\."/],
    ['docs/../../secret', /"\.\."/],
    ['docs/%2E%2e/secret', /"\.\."/],
    ['docs%2f..%2fsecret', /"\/"/],
    ['/etc/passwd', /leading/],
    ['//evil.example/x', /leading/],
    ['docs\\..\\secret', /"\\"/],
    ['data:text/html,x', /https/],
    ['file:///etc/passwd', /https/],
    ['http://evil.example/', /https/],
    ['https:evil.example', /valid URL/],
    ['https://user:secret@host.example/', /password/],
    ['acme/on-call#', /name a file/],
    ['acme#checkout.yaml', /owner/],
    ['acme/..#checkout.yaml', /owner/],
    ['acme/on-call#a#b', /owner/],
    ['a/b/c#d', /owner/],
    ['acme/on-call#https://evil.example', /URL/],
    ['docs/ /x', /space/],
    ['docs/\u0000', /control/],
    ['', /must be/],
    [42, /must be/],
  ])('refuses %j and says why', (value, reason) => {
    expect(parseRepositoryReference(value)).toEqual({
      ok: false,
      reason: expect.stringMatching(reason),
    });
  });

  it('admits plain http for the host of the forge only', () => {
    const url = 'http://localhost:7009/acme/x';
    expect(accepted(url, 'localhost:7009')).toEqual({ kind: 'url', url });
    expect(accepted(url, 'localhost:7008')).toBeUndefined();
    expect(accepted(url)).toBeUndefined();
  });

  it('never throws, and no path it gives leads out of the folder it is resolved in', () => {
    const piece = fc.constantFrom(
      ...[
        '.',
        '..',
        '/',
        '\\',
        '#',
        '%2e',
        '%2f',
        ':',
        'https://',
        'a',
        'docs',
      ],
      ...['\u0000', ' ', '?', '@', 'http://', 'file:'],
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 12 }).map(pieces => pieces.join('')),
      fc.anything(),
    );
    const base = 'https://host.example/inside/';
    const property = fc.property(text, value => {
      const result = parseRepositoryReference(value);
      if (!result.ok) {
        return result.reason !== '';
      }
      if (result.reference.kind === 'url') {
        return new URL(result.reference.url).protocol === 'https:';
      }
      const resolved = new URL(result.reference.path, base).href;
      return resolved.startsWith(base) && resolved !== base;
    });
    expect(() => fc.assert(property, { numRuns: 20_000 })).not.toThrow();
  });
});
