import fc from 'fast-check';
import { resolve, sep } from 'node:path';
import { BareRepositories } from './BareRepositories';
import { isOwnerName, isRepositoryName } from './names';

it('accepts what GitHub accepts', () => {
  expect(['acme', 'dev-checkout', 'a'].every(isOwnerName)).toBe(true);
  expect(
    ['portal', 'PayNotify_v1', '.github', 'a.b'].every(isRepositoryName),
  ).toBe(true);
  expect(['-a', 'a_b', '', 'a'.repeat(40)].some(isOwnerName)).toBe(false);
  expect(['..', '.', 'x.git', 'X.GIT', 'a b'].some(isRepositoryName)).toBe(
    false,
  );
});

it('never names a folder outside of the repositories, whatever is asked', () => {
  const root = resolve('/data/repos');
  const repositories = new BareRepositories(root);
  const odd = fc.string({
    unit: fc.constantFrom('.', '.', '/', '\\', '\0', 'a', '-', 'Z', 'ü'),
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(fc.stringMatching(/^[aZ.-]{1,3}$/), odd, (owner, name) => {
      let directory = resolve(root, 'refused');
      try {
        directory = resolve(repositories.directory(owner, name));
      } catch (error) {
        fc.pre((error as { status?: number }).status !== 404);
        throw error;
      }
      const parts = directory.slice(root.length).split(sep);
      expect(directory.startsWith(`${root}${sep}`)).toBe(true);
      expect(parts).toEqual(['', owner, `${name}.git`]);
    }),
  );
});
