import { dependencyFacts } from './dependencies';
import { imageRuntimes, isRuntimeFile, runtimeFacts } from './runtimes';

const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('runtimeFacts', () => {
  it.each([
    ['package.json', '{"engines":{"node":">=16"}}', 'node', '>=16', '16.0.0'],
    [
      'package.json',
      '{"engines":{"node":"^20 || 22"}}',
      'node',
      '^20 || 22',
      '20.0.0',
    ],
    ['go.mod', 'module a\n\ngo 1.24\n', 'go', '1.24', '1.24.0'],
    ['go.mod', 'go 1.24.9\ntoolchain go1.25.1', 'go', '1.24.9', '1.24.9'],
    [
      'pyproject.toml',
      '[project]\nrequires-python = ">=3.10,<4"\n',
      'python',
      '>=3.10,<4',
      '3.10.0',
    ],
    ['pyproject.toml', 'requires-python = "~=3.9"', 'python', '~=3.9', '3.9.0'],
    [
      'pyproject.toml',
      'requires-python = "==3.12.*"',
      'python',
      '==3.12.*',
      '3.12.0',
    ],
    ['sub/.nvmrc', 'v22.11.0\n', 'node', 'v22.11.0', '22.11.0'],
    ['.nvmrc', 'lts/*', 'node', 'lts/*', null],
    ['.python-version', '3.8\n', 'python', '3.8', '3.8.0'],
    ['.ruby-version', '3.3.1', 'ruby', '3.3.1', '3.3.1'],
  ])('reads %s with %j', (path, text, runtime, declared, version) => {
    expect(isRuntimeFile(path)).toBe(true);
    expect(runtimeFacts(path, text)).toEqual([
      { runtime, source: path, declared, version },
    ]);
  });

  it.each([
    ['package.json', '{}'],
    ['package.json', '{"engines":"node"}'],
    ['package.json', '['],
    ['package.json', 'null'],
    ['go.mod', 'module a'],
    ['pyproject.toml', '# nothing'],
    ['.nvmrc', '\n'],
  ])('finds none in %s with %j', (path, text) => {
    expect(runtimeFacts(path, text)).toEqual([]);
  });

  it.each([
    ['node:24.11.1-bookworm-slim', 'node', '24.11.1'],
    ['node:16', 'node', '16.0.0'],
    ['node', 'node', null],
    ['node:latest', 'node', null],
    [
      `mirror.example:5000/library/python:3.9-slim@${DIGEST}`,
      'python',
      '3.9.0',
    ],
    ['golang:1.24.9-bookworm', 'go', '1.24.9'],
    ['eclipse-temurin:21.0.9_10-jre', 'java', '21.0.9'],
  ])('reads the image %s', (image, runtime, version) => {
    expect(
      imageRuntimes([{ dockerfile: 'Dockerfile', image, pinned: false }]),
    ).toEqual([{ runtime, source: 'Dockerfile', declared: image, version }]);
  });

  it('says nothing of images of no runtime', () => {
    const images = ['alpine:3', '$IMAGE', 'registry.example:5000/nodes'];
    expect(
      imageRuntimes(
        images.map(image => ({
          dockerfile: 'Dockerfile',
          image,
          pinned: false,
        })),
      ),
    ).toEqual([]);
  });
});

describe('dependencyFacts', () => {
  const named = (path: string, text: string) =>
    dependencyFacts(path, text).map(one => [one.name, one.version]);

  it('reads what package.json needs at run time', () => {
    expect(
      named(
        'package.json',
        '{"dependencies":{"express":"^4.17.1","x":"workspace:^"},"devDependencies":{"y":"1"}}',
      ),
    ).toEqual([
      ['express', '4.17.1'],
      ['x', null],
    ]);
  });

  it('reads what go.mod requires itself', () => {
    const text = `module a.example/a
require b.example/b v1.2.3
require (
	c.example/c/v2 v2.0.1 // why
	d.example/d v0.1.0 // indirect
)
replace e.example/e v1.0.0 => ./e
`;
    expect(named('go.mod', text)).toEqual([
      ['b.example/b', '1.2.3'],
      ['c.example/c/v2', '2.0.1'],
    ]);
  });
});
