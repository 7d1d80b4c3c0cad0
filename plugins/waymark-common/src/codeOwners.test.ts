import fc from 'fast-check';
import ignore from 'ignore';
import { ownersOf, parseCodeOwners } from './codeOwners';

it('gives a file to the owners of the last rule that matches', () => {
  const rules = parseCodeOwners(`
# everything
*            @acme/platform
/src/        @acme/checkout @mina   # the code
*.md         docs@acme.example
/src/gen/
`);
  expect(ownersOf(rules, 'Makefile')).toEqual(['@acme/platform']);
  expect(ownersOf(rules, 'src/deep/a.ts')).toEqual(['@acme/checkout', '@mina']);
  expect(ownersOf(rules, 'lib/src/a.ts')).toEqual(['@acme/platform']);
  expect(ownersOf(rules, 'src/README.md')).toEqual(['docs@acme.example']);
  expect(ownersOf(rules, 'src/gen/a.ts')).toEqual([]);
});

it('gives the files of a folder, and not those below it, to the owners of "folder/*"', () => {
  const rules = parseCodeOwners('docs/* @acme/writers');
  expect(ownersOf(rules, 'docs/index.md')).toEqual(['@acme/writers']);
  expect(ownersOf(rules, 'docs/deep/index.md')).toEqual([]);
});

it('agrees with how Git reads patterns, but for "folder/*"', () => {
  const name = fc.constantFrom('a', 'ab', 'b', 'a.md', 'b.md', 'docs');
  const path = fc.array(name, { minLength: 1, maxLength: 4 });
  const wild = fc.oneof(
    name,
    fc.constantFrom('*', '**', '?', 'a*', '*.md', 'a?', '*b*'),
  );
  const pattern = fc
    .tuple(
      fc.constantFrom('', '/'),
      fc.array(wild, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', '/'),
    )
    .map(([before, names, after]) => `${before}${names.join('/')}${after}`)
    .filter(text => !/(?:\/\*+|^\/?\*\*.*|\*\*\/?)$/.test(text));
  fc.assert(
    fc.property(pattern, path, (text, names) => {
      const owned =
        ownersOf([{ pattern: text, owners: ['@mina'] }], names.join('/'))
          .length > 0;
      expect(owned).toBe(ignore().add(text).ignores(names.join('/')));
    }),
    { numRuns: 2000 },
  );
});

it('is not kept busy by a pattern that is made to', () => {
  const rules = parseCodeOwners(
    `${'*a'.repeat(50)}b @mina\n${'**/a/'.repeat(50)}b @mina`,
  );
  const start = performance.now();
  expect(ownersOf(rules, 'a'.repeat(1000))).toEqual([]);
  expect(ownersOf(rules, Array(300).fill('a').join('/'))).toEqual([]);
  expect(performance.now() - start).toBeLessThan(1000);
});
