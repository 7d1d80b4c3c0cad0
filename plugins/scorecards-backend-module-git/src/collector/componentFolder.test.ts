import { componentFolder } from './componentFolder';

describe('componentFolder', () => {
  const files = new Set([
    'catalog-info.yaml',
    'services/a/catalog-info.yaml',
    'x/services/a/catalog-info.yaml',
  ]);
  const folderFrom = (branchAndPath: string, defaultBranch = 'main') =>
    componentFolder({ branchAndPath }, defaultBranch, async path =>
      files.has(path),
    );

  it.each([
    ['main/catalog-info.yaml', 'main', ''],
    ['main/services/a/catalog-info.yaml', 'main', 'services/a'],
    ['release/x/services/a/catalog-info.yaml', 'release/x', 'services/a'],
    ['release/x/services/a/catalog-info.yaml', 'release', 'x/services/a'],
    // Another branch than the default one: the same file there.
    ['live/services/a/catalog-info.yaml', 'main', 'services/a'],
    ['HEAD/catalog-info.yaml', 'main', ''],
    ['main/gone/catalog-info.yaml', 'main', undefined],
    ['live/gone/info.yaml', 'main', undefined],
  ])(
    'finds the folder of %s where %s is the default branch',
    async (at, branch, folder) => {
      expect(await folderFrom(at, branch)).toBe(folder);
    },
  );
});
