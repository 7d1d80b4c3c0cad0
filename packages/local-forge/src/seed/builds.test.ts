/* eslint jest/no-standalone-expect: ["error", { "additionalTestBlockFunctions": ["itWithGo", "itWithPython", "itWithPython.each", "itWithJava"] }] */
import { execFileSync } from 'child_process';
import { writeFile } from 'fs/promises';
import path from 'path';
import { run, Workbench } from './__testUtils__/workbench';
import {
  finalTree,
  listSeedNames,
  readSeedSource,
  SeedTree,
} from './seedFolder';

const trees = listSeedNames().map(
  name => [name, finalTree(readSeedSource(name))] as const,
);
const having = (test: (tree: SeedTree) => boolean) =>
  trees.filter(([, tree]) => test(tree));
const paths = (tree: SeedTree, pattern: RegExp) =>
  [...tree.keys()].filter(file => pattern.test(file));

function isThere(tool: string, argument: string): boolean {
  try {
    execFileSync(tool, [argument], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** `it` where a tool is there. Without it the test is skipped, but fails where CI promises to have the tool. */
const itWith = (tool: string, argument: string) =>
  isThere(tool, argument) || process.env.CI ? it : it.skip;
const itWithGo = itWith('go', 'version');
const itWithPython = itWith('python3', '--version');
const itWithJava = itWith('javac', '-version');

let bench: Workbench;
beforeAll(async () => {
  bench = await Workbench.create();
  for (const [name, tree] of trees) await bench.checkOut(name, tree);
});
afterAll(() => bench.remove());
const folder = (name: string) => path.join(bench.directory, name);

describe('the code of the demo repositories builds', () => {
  const scripts = having(tree => paths(tree, /\.js$/).length > 0);
  const tested = scripts.filter(
    ([, tree]) => paths(tree, /\.test\.js$/).length > 0,
  );

  it('is there, in four languages', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(12);
    expect(tested.length).toBeLessThan(scripts.length);
    for (const pattern of [/^go\.mod$/, /\.py$/, /\.java$/]) {
      expect(
        having(tree => paths(tree, pattern).length > 0).length,
      ).toBeGreaterThan(0);
    }
  });

  describe('with node', () => {
    // One run for all: starting a process costs more than most of these tests.
    it('every repository that has tests passes them', async () => {
      const files = tested.flatMap(([name, tree]) =>
        paths(tree, /\.test\.js$/).map(file => `${name}/${file}`),
      );
      const args = ['--test', '--test-reporter=tap', ...files];
      const output = await run(process.execPath, args, bench.directory);
      expect(output).toMatch(/^# fail 0$/m);
      expect(
        Number(/^# pass (\d+)$/m.exec(output)?.[1]),
      ).toBeGreaterThanOrEqual(3 * tested.length);
    }, 60_000);

    it('has no script with an error of syntax', async () => {
      const untested = scripts.flatMap(([name, tree]) =>
        paths(tree, /\.js$/)
          .filter(file => /main\.js$|^public\/|web\//.test(file))
          .map(file => `${name}/${file}`),
      );
      expect(untested.length).toBeGreaterThanOrEqual(12);
      await Promise.all(
        untested.map(file =>
          run(process.execPath, ['--check', file], bench.directory),
        ),
      );
    }, 60_000);

    it('installs nothing: what has a lock file has an empty one', () => {
      for (const [name, tree] of having(t => t.has('package-lock.json'))) {
        const lock = JSON.parse(
          tree.get('package-lock.json')!.content.toString(),
        );
        const { name: declared, version } = JSON.parse(
          tree.get('package.json')!.content.toString(),
        );
        expect([name, Object.keys(lock.packages)]).toEqual([name, ['']]);
        expect([name, lock.name, lock.version]).toEqual([
          name,
          declared,
          version,
        ]);
      }
    });
  });

  // One workspace: the standard library is compiled once for all of them.
  itWithGo(
    'every Go module is vetted, passes its tests and is formatted (needs go)',
    async () => {
      const modules = having(tree => tree.has('go.mod')).map(([name]) => name);
      await writeFile(
        path.join(bench.directory, 'go.work'),
        `go 1.24\n\nuse (\n${modules
          .map(name => `\t./${name}`)
          .join('\n')}\n)\n`,
      );
      const env = {
        GOFLAGS: '-mod=readonly',
        GOPROXY: 'off',
        GOTOOLCHAIN: 'local',
      };
      const all = modules.map(name => `./${name}/...`);
      const output = await run(
        'go',
        ['test', '-vet=all', ...all],
        bench.directory,
        env,
      );
      expect(output.match(/^ok /gm)).toHaveLength(modules.length);
      expect(await run('gofmt', ['-l', ...modules], bench.directory)).toBe('');
    },
    120_000,
  );

  const pythons = having(
    tree => paths(tree, /^tests\/test_.*\.py$/).length > 0,
  );
  itWithPython.each(pythons)(
    '%s passes its tests (needs python3)',
    async name => {
      const args = ['-m', 'unittest', 'discover', '-s', 'tests', '-t', '.'];
      const output = await run('python3', args, folder(name));
      expect(output).toMatch(/^Ran [1-9]\d* tests?/m);
      expect(output).toMatch(/^OK$/m);
    },
  );

  itWithPython(
    'has no Python module with an error of syntax (needs python3)',
    async () => {
      const modules = trees.flatMap(([name, tree]) =>
        paths(tree, /\.py$/).map(file => `${name}/${file}`),
      );
      const args = ['-m', 'py_compile', ...modules];
      expect(await run('python3', args, bench.directory)).toBe('');
    },
  );

  itWithPython(
    'developer-handbook has every page in its navigation (needs python3)',
    async () => {
      expect(
        await run('python3', ['check-links.py'], folder('developer-handbook')),
      ).toBe('');
    },
  );

  itWithJava(
    'card-vault compiles without a warning and passes its tests (needs javac)',
    async () => {
      expect(await run('./test.sh', [], folder('card-vault'))).toBe(
        '5 tests passed\n',
      );
    },
    60_000,
  );
});
