import { join } from 'node:path';

const executable = name =>
  process.platform === 'win32' ? `${name}.exe` : name;

/** Whether the version `have` is `minimum` or newer. */
export function isAtLeast(have, minimum) {
  const [a, b] = [have, minimum].map(version => version.split('.').map(Number));
  for (let part = 0; part < b.length; part++) {
    if ((a[part] ?? 0) !== b[part]) return (a[part] ?? 0) > b[part];
  }
  return true;
}

/**
 * The ways to obtain a tool, the quickest first. Each says what has to be there,
 * how it is asked for, and the program that makes `bin/<name>` in a folder.
 */
export function recipesFor(pin) {
  return [
    pin.go && goRecipe(pin),
    pin.python && pythonRecipe(pin),
    pin.rust && rustRecipe(pin),
  ].filter(Boolean);
}

function goRecipe({ version, go }) {
  const set = Object.entries(go.set ?? {}).map(
    ([name, value]) => `-X ${name}=${value}`,
  );
  return {
    needs: `Go ${go.minimum} or newer`,
    probe: ['go', ['env', 'GOVERSION']],
    suits: output =>
      isAtLeast(output.trim().replace(/^go/, '').split(/[-+ ]/)[0], go.minimum),
    make: folder => ({
      command: 'go',
      args: [
        'install',
        '-trimpath',
        '-buildvcs=false',
        `-ldflags=${['-s -w', ...set].join(' ')}`,
        `${go.package}@v${version}`,
      ],
      // Without cgo there is nothing to compile but Go, and no C compiler to miss.
      env: { GOBIN: join(folder, 'bin'), GOFLAGS: '', CGO_ENABLED: '0' },
    }),
    // Most tools know their version from a release script only; the linker always tells.
    check: file => ({
      command: 'go',
      args: ['version', '-m', file],
      proves: output =>
        new RegExp(
          `^\\s*mod\\s+${escape(go.module)}\\s+v${escape(version)}\\b`,
          'm',
        ).test(output),
    }),
  };
}

function pythonRecipe({ name, version, python }) {
  return {
    needs: 'Python 3.9 or newer with pip',
    probe: [
      'python3',
      ['-c', 'import sys, pip; print("%d.%d" % sys.version_info[:2])'],
    ],
    suits: output => isAtLeast(output.trim(), '3.9'),
    make: folder => ({
      command: 'python3',
      args: [
        '-m',
        'pip',
        'install',
        '--quiet',
        '--disable-pip-version-check',
        '--no-deps',
        '--only-binary=:all:',
        '--target',
        folder,
        `${python.distribution}==${version}`,
      ],
      env: {},
    }),
    check: saysVersion(name, version),
  };
}

function rustRecipe({ name, version, rust }) {
  return {
    needs: 'Rust',
    probe: ['cargo', ['--version']],
    suits: () => true,
    make: folder => ({
      command: 'cargo',
      args: [
        'install',
        '--quiet',
        '--locked',
        '--root',
        folder,
        '--version',
        version,
        rust.crate,
      ],
      env: {},
    }),
    check: saysVersion(name, version),
  };
}

const saysVersion = (name, version) => file => ({
  command: file,
  args: ['--version'],
  proves: output => output.trim() === `${name} ${version}`,
});

const escape = text => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Where a recipe leaves the program. */
export const binaryIn = (folder, name) => join(folder, 'bin', executable(name));
