import { codeOwnersFacts } from './codeOwnersFacts';
import { dependencyUpdates } from './dependencyUpdates';
import { isLockFile, lockFileFacts } from './lockFiles';
import { terraformModules } from './terraformModules';
import { workflowFacts } from './workflows';

const SHA = 'de0fac2e4500dabe0009e67214ff5f5447ce83dd';
const DIGEST = `sha256:${'a'.repeat(64)}`;

describe('workflowFacts', () => {
  const usesOf = (...uses: string[]) => {
    const steps = uses.map(one => `      - uses: ${one}\n`).join('');
    return workflowFacts('w.yaml', `jobs:\n  a:\n    steps:\n${steps}`);
  };

  it.each([
    [`actions/checkout@${SHA}`, 'actions/checkout', SHA, true],
    [
      `github/codeql-action/init@${SHA}`,
      'github/codeql-action/init',
      SHA,
      true,
    ],
    ['actions/checkout@v4', 'actions/checkout', 'v4', false],
    [
      `actions/checkout@${SHA.slice(0, 7)}`,
      'actions/checkout',
      SHA.slice(0, 7),
      false,
    ],
    ['actions/checkout', 'actions/checkout', null, false],
    ['./.github/actions/build', './.github/actions/build', null, true],
    [`docker://alpine@${DIGEST}`, 'docker://alpine', DIGEST, true],
    ['docker://alpine:3', 'docker://alpine:3', null, false],
  ])(
    'says of %s what it is and whether it is pinned',
    (use, action, ref, pinned) => {
      expect(usesOf(use)).toEqual({
        workflow: { path: 'w.yaml', problem: null, restrictsToken: false },
        actions: [{ workflow: 'w.yaml', action, ref, pinned }],
      });
    },
  );

  it('finds actions behind aliases', () => {
    const { workflow, actions } = workflowFacts(
      'w.yaml',
      `jobs:
  a: &job
    steps: &steps
      - &checkout { uses: actions/checkout@v4 }
  b:
    steps: [*checkout, { run: make }]
  c:
    steps: *steps
  d: *job
`,
    );
    expect(workflow.problem).toBeNull();
    expect(actions.map(({ action, pinned }) => [action, pinned])).toEqual(
      Array(4).fill(['actions/checkout', false]),
    );
  });

  it('finds the workflows that jobs call', () => {
    const { actions } = workflowFacts(
      'w.yaml',
      'jobs:\n  a:\n    uses: acme/portal/.github/workflows/x.yaml@main\n',
    );
    expect(actions).toEqual([
      expect.objectContaining({ ref: 'main', pinned: false }),
    ]);
  });

  it.each([
    [undefined, /^The file is too large$/],
    ['a: [', /^It is no YAML: /],
    ['', /^workflow: /],
    ['on: push', /^jobs: /],
    ['jobs:\n  a:\n    steps: 1', /^jobs\.a\.steps: /],
    [
      `a: &a [${'x,'.repeat(40)}]\nb: &b [${'*a,'.repeat(
        40,
      )}]\njobs: { c: [${'*b,'.repeat(40)}] }`,
      /^It is no YAML: Excessive alias count/,
    ],
    [
      `x: &x "${'x'.repeat(100_000)}"\njobs: { a: { y: [${'*x,'.repeat(
        20,
      )}] } }`,
      /^It is too large once its aliases are replaced$/,
    ],
    ['a: &a [*a]\njobs: {}', /^It is no YAML: /],
  ])('says why %j is no workflow', (text, problem) => {
    expect(workflowFacts('w.yaml', text)).toEqual({
      workflow: {
        path: 'w.yaml',
        problem: expect.stringMatching(problem),
        restrictsToken: false,
      },
      actions: [],
    });
  });
});

describe('what a workflow lets its token do', () => {
  const steps = '{ steps: [] }';
  it.each([
    [`jobs: { a: ${steps} }`, false],
    [`permissions: write-all\njobs: { a: ${steps} }`, false],
    [`permissions: read-all\njobs: { a: ${steps} }`, true],
    [`permissions: {}\njobs: { a: ${steps} }`, true],
    [`permissions:\njobs: { a: ${steps} }`, true],
    [`permissions: { contents: read }\njobs: { a: ${steps} }`, true],
    [
      `permissions: {}\njobs: { a: { permissions: write-all, steps: [] } }`,
      false,
    ],
    [`jobs: { a: { permissions: { contents: read } } }`, true],
    [`jobs: { a: { permissions: { contents: read } }, b: ${steps} }`, false],
  ])('is restricted by %j: %s', (text, restricted) => {
    expect(workflowFacts('w.yaml', text).workflow).toEqual({
      path: 'w.yaml',
      problem: null,
      restrictsToken: restricted,
    });
  });
});

describe('lockFileFacts', () => {
  it.each([
    [
      'package-lock.json',
      '"resolved": "https://a.example/x.tgz"',
      ['a.example'],
    ],
    [
      'package-lock.json',
      '"resolved": "git+ssh://git@B.example/x.git#1"',
      ['b.example'],
    ],
    ['package-lock.json', '"homepage": "https://a.example"', []],
    ['yarn.lock', '  resolved "https://a.example:8443/x"', ['a.example']],
    ['yarn.lock', '  resolution: "x@https://a.example/x.tgz"', ['a.example']],
    [
      'pnpm-lock.yaml',
      "    resolution: {tarball: 'https://a.example/x'}",
      ['a.example'],
    ],
    [
      'Cargo.lock',
      'source = "registry+https://a.example/index"',
      ['a.example'],
    ],
    [
      'poetry.lock',
      'url = "https://user:secret@a.example/simple"',
      ['a.example'],
    ],
    [
      'uv.lock',
      'source = { registry = "https://a.example/simple" }',
      ['a.example'],
    ],
    ['Gemfile.lock', '  remote: https://a.example/', ['a.example']],
    [
      'composer.lock',
      '"url": "https://b.example/x"\n"url": "https://a.example/x"',
      ['a.example', 'b.example'],
    ],
    ['go.sum', 'a.example/x v1.0.0 h1:x', []],
  ])('reads the hosts of %s in %j', (name, text, registryHosts) => {
    expect(isLockFile(`sub/${name}`)).toBe(true);
    expect(lockFileFacts(name, text)).toEqual({ path: name, registryHosts });
  });

  it('says that a file is too large to be read', () => {
    expect(lockFileFacts('yarn.lock', undefined).registryHosts).toBeNull();
  });

  it('is not fooled by other files, and reads hostile ones in linear time', () => {
    expect(isLockFile('lock.json')).toBe(false);
    const hostile = [
      'resolution: "'.repeat(100_000),
      `resolution: "${'@'.repeat(1_000_000)}`,
      `"resolved": "https://${'a@'.repeat(500_000)}`,
    ];
    const begin = performance.now();
    for (const text of hostile) {
      lockFileFacts('yarn.lock', text);
      lockFileFacts('package-lock.json', text);
    }
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

describe('dependencyUpdates', () => {
  const of = (directories: string, folder: string) =>
    dependencyUpdates(
      `version: 2\nupdates:\n  - package-ecosystem: npm\n    ${directories}\n`,
      folder,
    );

  it.each([
    ['directory: /', '', true],
    ['directory: /services/a', '', true],
    ['directory: /services/a', 'services/a', true],
    ['directory: /services/a/', 'services/a', true],
    ['directory: /services/a/web', 'services/a', true],
    ['directory: /services/ab', 'services/a', false],
    ['directory: /', 'services/a', false],
    ['directories: ["/services/*"]', 'services/a', true],
    ['directories: ["/services/*"]', 'services/a/b', false],
    ['directories: ["**/*"]', 'services/a', true],
    ['schedule: {}', '', true],
  ])(
    'knows whether %s covers the folder "%s"',
    (directories, folder, covered) => {
      expect(of(directories, folder)).toEqual(covered ? ['npm'] : []);
    },
  );

  it('finds nothing in what Dependabot would refuse', () => {
    for (const text of ['', '[', 'updates: 1', 'updates:\n  - directory: /']) {
      expect(dependencyUpdates(text, '')).toEqual([]);
    }
  });
});

describe('terraformModules', () => {
  it.each([
    ['./db', undefined, true],
    ['../db', undefined, true],
    ['acme/db/aws', '1.2.3', true],
    ['acme/db/aws', '= 1.2.3', true],
    ['acme/db/aws', '~> 1.2', false],
    ['acme/db/aws', undefined, false],
    ['git::https://git.example/db.git?ref=v1', undefined, true],
    ['git::https://git.example/db.git', undefined, false],
  ])('knows whether %s at %s is pinned', (source, version, pinned) => {
    const attribute = version ? `\n  version = "${version}"` : '';
    expect(
      terraformModules(
        'main.tf',
        `module "db" {\n  source = "${source}"${attribute}\n}\n`,
      ),
    ).toEqual([
      { file: 'main.tf', name: 'db', source, version: version ?? null, pinned },
    ]);
  });

  it('reads nothing but module blocks, whatever stands around them', () => {
    const text = `
# module "comment" { source = "./no" }
/* module "block" { source = "./no" } */
resource "x" "y" {
  source = "./no"
  module "inner" { source = "./no" }
}
locals {
  text = "module \\"quoted\\" { source = \\"./no\\" }"
  doc  = <<-EOT
    module "heredoc" { source = "./no" }
    EOT
}
module "yes" {
  providers = { source = "./no" }
  // source = "./no"
  source = "./yes"
}
module "without" {}
`;
    expect(terraformModules('main.tf', text).map(one => one.name)).toEqual([
      'yes',
    ]);
  });

  it('reads hostile files in linear time', () => {
    const begin = performance.now();
    for (const part of ['"', '"\\', '/*', '<<A\n', '{', '}', 'module "a" {']) {
      terraformModules('main.tf', part.repeat(100_000));
    }
    expect(performance.now() - begin).toBeLessThan(5_000);
  });
});

describe('codeOwnersFacts', () => {
  it('counts whom files belong to', async () => {
    const paths = ['src/a.ts', 'src/b.ts', 'docs/c.md', 'd.md'];
    expect(
      await codeOwnersFacts('* @all\n/src/ @b @a\n/docs/\n', paths),
    ).toEqual({
      owners: ['@a', '@all', '@b'],
      files: 4,
      ownedFiles: 3,
      unowned: ['docs/c.md'],
    });
  });

  it('names the first files that belong to nobody', async () => {
    const paths = Array.from({ length: 1_100 }, (_, index) => `f${index}`);
    const facts = await codeOwnersFacts(undefined, paths);
    expect(facts).toMatchObject({ owners: [], files: 1_100, ownedFiles: 0 });
    expect(facts.unowned).toEqual(paths.slice(0, 20));
  });
});
