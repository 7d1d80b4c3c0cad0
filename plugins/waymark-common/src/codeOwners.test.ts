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
