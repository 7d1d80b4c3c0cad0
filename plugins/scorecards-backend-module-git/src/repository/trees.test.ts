import fc from 'fast-check';
import { TreeFile } from '../facts/TreeFile';
import { FileIndex } from './FileIndex';
import { ListTree, RepositoryTree } from './RepositoryTree';

const file = (path: string): TreeFile => ({ path, sha: `of ${path}`, size: 1 });
const paths = (files: readonly TreeFile[]) => files.map(({ path }) => path);

const segment = fc.constantFrom('a', 'a0', 'a-', 'b', 'docs', '.github', 'c');
const somePaths = fc.uniqueArray(
  fc
    .array(segment, { minLength: 0, maxLength: 4 })
    .map(folders => [...folders, 'file.txt'].join('/')),
  { maxLength: 30 },
);
const someFolder = fc
  .array(segment, { maxLength: 3 })
  .map(folders => folders.join('/'));

/** Trees as a forge lists them, which never lists more than some entries at once. */
function listing(files: readonly string[], most: number): ListTree {
  return async (sha, recursive) => {
    const folder = sha === 'commit' ? '' : sha.slice('tree '.length);
    const prefix = folder ? `${folder}/` : '';
    const entries = new Map<string, 'blob' | 'tree'>();
    for (const path of files.filter(one => one.startsWith(prefix))) {
      const names = path.slice(prefix.length).split('/');
      for (let depth = 1; depth <= names.length; depth += 1) {
        if (depth === 1 || recursive) {
          const type = depth === names.length ? 'blob' : 'tree';
          entries.set(names.slice(0, depth).join('/'), type);
        }
      }
    }
    const all = [...entries].map(([path, type]) => ({
      path,
      type,
      sha: type === 'tree' ? `tree ${prefix}${path}` : `of ${prefix}${path}`,
      size: 1,
    }));
    return {
      entries: all.slice(0, most),
      truncated: all.length > most,
    };
  };
}

describe('FileIndex', () => {
  it('finds what a walk through all files finds', () => {
    fc.assert(
      fc.property(somePaths, someFolder, (all, folder) => {
        const prefix = folder ? `${folder}/` : '';
        const wanted = all.filter(path => {
          const lies = path.slice(0, Math.max(0, path.lastIndexOf('/')));
          return (
            path.startsWith(prefix) ||
            path.startsWith('.github/') ||
            lies === 'docs' ||
            lies === '' ||
            folder.startsWith(`${lies}/`)
          );
        });
        const found = FileIndex.of(all.map(file)).filesFor(folder);
        expect(paths(found).sort()).toEqual(wanted.sort());
      }),
    );
  });
});

describe('RepositoryTree', () => {
  it('finds the same files whether they were listed at once or folder by folder', async () => {
    await fc.assert(
      fc.asyncProperty(somePaths, someFolder, async (all, folder) => {
        const whole = await RepositoryTree.read(listing(all, 1_000), 'commit');
        const asked: boolean[] = [];
        const list = listing(all, 1_000);
        const parts = await RepositoryTree.read(async (sha, recursive) => {
          const first = asked.push(recursive) === 1;
          const answer = await list(sha, recursive);
          return first ? { entries: [], truncated: true } : answer;
        }, 'commit');
        const expected = await whole.filesFor(folder);
        const found = await parts.filesFor(folder);
        const byPath = (one: TreeFile, other: TreeFile) =>
          one.path < other.path ? -1 : 1;
        expect([...found].sort(byPath)).toEqual([...expected].sort(byPath));
        for (const path of [...all, 'nowhere/file.txt']) {
          const there = all.includes(path) ? file(path) : undefined;
          expect(await parts.find(path)).toEqual(there);
          expect(await whole.find(path)).toEqual(there);
        }
      }),
    );
  });

  it('asks once for a tree that is listed whole', async () => {
    const list = jest.fn(listing(['a/file.txt', 'b/file.txt'], 1_000));
    const tree = await RepositoryTree.read(list, 'commit');
    await tree.filesFor('a');
    await tree.filesFor('b');
    expect(list.mock.calls).toEqual([['commit', true]]);
  });

  it('names a folder that holds too much to be listed', async () => {
    const many = Array.from({ length: 20 }, (_, index) => `a/${index}/x.txt`);
    const tree = await RepositoryTree.read(
      listing([...many, 'b/file.txt'], 10),
      'commit',
    );
    expect(paths(await tree.filesFor('b'))).toEqual(['b/file.txt']);
    await expect(tree.filesFor('a')).rejects.toThrow(
      'a holds more files than can be listed',
    );
  });

  it('leaves submodules out', async () => {
    const tree = await RepositoryTree.read(
      async () => ({
        truncated: false,
        entries: [{ path: 'lib', type: 'commit', sha: 'x', size: 0 }],
      }),
      'commit',
    );
    expect(await tree.filesFor('')).toEqual([]);
  });
});
