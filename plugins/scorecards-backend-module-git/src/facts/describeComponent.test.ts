import { describeComponent } from './describeComponent';
import { TreeFile } from './TreeFile';

const describeFiles = async (
  sizes: Record<string, number>,
  links: string[] = [],
) => {
  const read: string[] = [];
  const facts = await describeComponent({
    defaultBranch: 'main',
    folder: '',
    files: Object.entries(sizes).map(
      ([path, size]): TreeFile => ({
        path,
        sha: path,
        size,
        isLink: links.includes(path),
      }),
    ),
    read: async ({ path, size }, reading) => {
      if (size > reading.mostBytes) {
        return reading.of(path, undefined);
      }
      read.push(path);
      return reading.of(path, '');
    },
    history: undefined,
  });
  return { facts, read };
};

describe('describeComponent', () => {
  it('reads only files that say something', async () => {
    const { read } = await describeFiles({
      'README.md': 10,
      'src/main.ts': 10,
      'openapi.yaml': 10,
      'renovate.json': 10,
      'node_modules/x/package-lock.json': 10,
      '.github/workflows/ci.yaml': 10,
      'main.tf': 10,
    });
    expect(read.sort()).toEqual(['.github/workflows/ci.yaml', 'main.tf']);
  });

  it('does not give large files to slow parsers', async () => {
    const large = 129 * 1024;
    const { facts, read } = await describeFiles({
      '.github/workflows/ci.yaml': large,
      '.github/dependabot.yml': large,
      Dockerfile: large,
      CODEOWNERS: large,
      'package-lock.json': large,
    });
    expect(read.sort()).toEqual(['CODEOWNERS', 'package-lock.json']);
    expect(facts.workflows).toEqual([
      {
        path: '.github/workflows/ci.yaml',
        problem: 'The file is too large',
        restrictsToken: false,
      },
    ]);
  });

  it('names every file that it could not read, so that none passes by hiding', async () => {
    const large = 6 * 1024 * 1024;
    const { facts } = await describeFiles(
      {
        '.github/workflows/broken.yaml': 10,
        '.github/workflows/large.yaml': large,
        '.github/dependabot.yml': large,
        CODEOWNERS: large,
        Dockerfile: large,
        'Dockerfile.link': 10,
        'Dockerfile.small': 10,
        'main.tf': large,
        'package.json': large,
        'node_modules/x/package-lock.json': large,
        'README.md': large,
        'yarn.lock': large,
      },
      ['Dockerfile.link'],
    );
    expect(facts.unread).toEqual(
      [
        ['.github/dependabot.yml', 'dependabot', /^It is larger than 128 KiB$/],
        ['.github/workflows/broken.yaml', 'workflow', /^workflow: /],
        ['.github/workflows/large.yaml', 'workflow', /larger than 128 KiB$/],
        ['CODEOWNERS', 'codeOwners', /larger than 3072 KiB$/],
        ['Dockerfile', 'dockerfile', /larger than 128 KiB$/],
        ['Dockerfile.link', 'dockerfile', /^It is a symbolic link$/],
        ['main.tf', 'terraform', /larger than 1024 KiB$/],
        ['package.json', 'manifest', /larger than 128 KiB$/],
        ['yarn.lock', 'lockFile', /larger than 5120 KiB$/],
      ].map(([path, kind, problem]) => ({
        path,
        kind,
        problem: expect.stringMatching(problem),
      })),
    );
  });
});
