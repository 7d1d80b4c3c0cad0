import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { PinTable } from '@waymark/scaffolder-backend-module-golden-paths';
import { stringify } from 'yaml';
import { checkTemplates, CheckOptions } from './check';
import { describeFinding } from './Finding';

jest.setTimeout(120_000);

const COMMIT = '3d3c42e5aac5ba805825da76410c181273ba90b1';
const pins = PinTable.load(
  resolvePackagePath(
    '@waymark/scaffolder-backend-module-golden-paths',
    'data/action-pins.tsv',
  ),
);

const TEMPLATE = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'note', title: 'A note' },
  spec: {
    owner: 'group:default/platform',
    type: 'note',
    parameters: [
      {
        title: 'What is it?',
        required: ['name', 'owner'],
        properties: {
          name: { type: 'string', pattern: '^[a-z]+$' },
          owner: { type: 'string' },
        },
      },
    ],
    steps: [
      {
        id: 'fetch',
        name: 'Write it',
        action: 'fetch:template',
        input: {
          url: './skeleton',
          values: {
            name: '${{ parameters.name }}',
            owner: '${{ parameters.owner }}',
          },
        },
      },
    ],
  },
};

const CATALOG_INFO = `apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: \${{ values.name }}
spec:
  type: note
  owner: \${{ values.owner }}
  lifecycle: experimental
`;

let root: string;

const write = async (path: string, text: string) => {
  const file = join(root, 'templates/note', path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
};

/** The template with a change. */
const writeTemplate = (change: (template: any) => void = () => {}) => {
  const template = structuredClone(TEMPLATE);
  change(template);
  return write('template.yaml', stringify(template));
};

async function check(options: Partial<CheckOptions> = {}) {
  const printed: string[] = [];
  const report = await checkTemplates({
    root,
    names: [],
    checks: new Set(['schema', 'render', 'golden']),
    update: false,
    pins,
    print: line => void printed.push(line),
    ...options,
  });
  expect(report.findings.map(describeFinding)).toEqual(printed);
  return { report, printed };
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waymark-check-'));
  await writeTemplate();
  await write('skeleton/catalog-info.yaml', CATALOG_INFO);
  await write('skeleton/body.txt', 'of ${{ values.name }}\n');
  await write('answers/plain.yaml', 'name: memo\nowner: group:default/words\n');
});

afterEach(() => rm(root, { recursive: true, force: true }));

describe('waymark templates check', () => {
  it('wants the output recorded once, is content with it, and names the line that a change reaches', async () => {
    const first = await check();
    expect(first.printed).toEqual([
      'note (plain): golden/plain: nothing is recorded of these answers: run with --update [golden/missing]',
    ]);
    await check({ update: true });
    const golden = join(root, 'templates/note/golden/plain');
    expect(await readFile(join(golden, 'catalog-info.yaml'), 'utf8')).toContain(
      'name: memo',
    );
    const recorded = await check();
    expect(recorded.printed).toEqual([]);
    expect(recorded.report.passed).toBeGreaterThan(3);

    await write(
      'skeleton/catalog-info.yaml',
      CATALOG_INFO.replace('experimental', 'production'),
    );
    await write('skeleton/body.txt', 'about ${{ values.name }}\n');
    await write('skeleton/more.txt', 'more\n');
    const { printed, report } = await check();
    expect(printed).toEqual([
      'note (plain): body.txt: its content or mode is not what was recorded [golden/files]',
      'note (plain): more.txt: it is new [golden/files]',
      'note (plain): catalog-info.yaml:8: recorded "  lifecycle: experimental", generated "  lifecycle: production" [golden/text]',
    ]);
    expect(report.failed).toBe(1);
  });

  it('fails with the place on an action that is not pinned by the table, wherever the skeleton hides it', async () => {
    await write(
      'skeleton/.github/workflows/ci.yaml',
      `jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n`,
    );
    await write('golden/plain/.github/workflows/ci.yaml', 'on: push\n');
    await write(
      'skeleton/tools/action.yml',
      [
        'runs:',
        '  using: composite',
        '  steps:',
        `    - uses: "actions/checkout@${COMMIT}" # v7.0.1`,
        `    - {name: x}`,
        `    - name: y`,
        `      uses: 'evil/checkout@${COMMIT}'`,
        `    - uses: actions/checkout@${COMMIT.replace('3', '4')}`,
        `    - {name: z, "uses": evil/one-line@v1}`,
        `    - { uses: actions/checkout@${COMMIT}, name: of the table }`,
        `    - - uses: >-`,
        '',
      ].join('\n'),
    );
    const { printed } = await check({ checks: new Set(['schema']) });
    expect(
      printed.map(line => line.replace(/ pin it there.*\[/, ' [')),
    ).toEqual([
      'note: skeleton/.github/workflows/ci.yaml: workflows are written by golden-paths:workflows from data: a skeleton holds none [pins/workflow]',
      expect.stringMatching(
        /^note: skeleton\/\.github\/workflows\/ci\.yaml:4: "actions\/checkout" must be used at the commit of the pin table, actions\/checkout@3d3c\S+ # v7\.0\.1, not at "v4" \[pins\/unpinned\]$/,
      ),
      expect.stringMatching(
        /^note: skeleton\/tools\/action\.yml:7: .*"evil\/checkout", which is not in the pin table/,
      ),
      expect.stringMatching(
        /^note: skeleton\/tools\/action\.yml:8: .*must be used at the commit/,
      ),
      expect.stringMatching(
        /^note: skeleton\/tools\/action\.yml:9: .*"evil\/one-line", which is not in the pin table/,
      ),
      expect.stringMatching(
        /^note: skeleton\/tools\/action\.yml:11: .*which is not in the pin table/,
      ),
    ]);
  });

  it('fails with the line on an unknown action, a wrong input, and a name that nothing has', async () => {
    await writeTemplate(({ spec }) => {
      spec.steps[0].input.targetPaht = 'x';
      spec.steps[0].input.copyWithoutTemplating = 'x';
      spec.steps[0].input.values.team = '${{ parameters.team }}';
      spec.steps.push(
        { id: 'a', name: 'A', action: 'fetch:templat', input: {} },
        {
          id: 'b',
          name: 'B',
          action: 'golden-paths:workflows',
          if: '${{ steps.later.output.x }}',
          input: {
            name: '${{ steps.fetch.output.x }}',
            language: 'cobol',
            imageRepository: 'ghcr.io/acme/x',
          },
        },
      );
      spec.output = { text: [{ content: '${{ steps.b.output.filez }}' }] };
    });
    const { printed } = await check({ checks: new Set(['schema']) });
    const text = await readFile(
      join(root, 'templates/note/template.yaml'),
      'utf8',
    );
    const lineOf = (part: string) =>
      text.slice(0, text.indexOf(part)).split('\n').length;
    expect(printed).toEqual(
      [
        ['parameters.team', 'the form has no field "team" [steps/expression]'],
        [
          'targetPaht',
          'fetch:template: input unknown field "targetPaht" [steps/input]',
        ],
        [
          'copyWithoutTemplating',
          'fetch:template: input.copyWithoutTemplating must be array [steps/input]',
        ],
        [
          'fetch:templat\n',
          'the portal has no action "fetch:templat" [steps/action]',
        ],
        ['steps.later', 'there is no earlier step "later" [steps/expression]'],
        [
          'cobol',
          'golden-paths:workflows: input.language must be equal to one of the allowed values: go, node [steps/input]',
        ],
        ['filez', 'step "b" has no output "filez" [steps/expression]'],
      ].map(
        ([line, message]) => `note: template.yaml:${lineOf(line)}: ${message}`,
      ),
    );
  });

  it('fails on a form that is no JSON Schema, on answers that do not fit it, and on a template without answers', async () => {
    await writeTemplate(({ spec }) => {
      spec.parameters[0].required.push('colour');
      spec.parameters[0].properties.size = { type: 'number', default: 'big' };
    });
    const broken = await check();
    expect(broken.printed.join('\n')).toMatch(
      /template\.yaml:\d+: "colour" is required, but no field of this page/,
    );
    expect(broken.printed.join('\n')).toMatch(
      /template\.yaml:\d+: the default must be number/,
    );

    await writeTemplate();
    await write('answers/plain.yaml', 'name: Memo1\nowner: x\n');
    const misfit = await check({ checks: new Set(['render']) });
    expect(misfit.printed).toEqual([
      'note (plain): name does not match pattern "^[a-z]+$" [render/dry-run]',
    ]);

    await rm(join(root, 'templates/note/answers'), { recursive: true });
    const { printed } = await check();
    expect(printed.join('\n')).toMatch(
      /record answers in answers\/<name>\.yaml/,
    );
  });

  it('lets nothing pass that it cannot try, whichever checks are asked for', async () => {
    await writeTemplate(({ spec }) => {
      spec.parameters[0].required.push('colour');
    });
    await rm(join(root, 'templates/note/answers'), { recursive: true });
    const { printed } = await check({ checks: new Set(['render']) });
    expect(printed.join('\n')).toMatch(/"colour" is required/);
    expect(printed.join('\n')).toMatch(/record answers/);

    await write('answers/broken.yaml', 'name: [memo\n');
    await expect(check()).rejects.toThrow(/answers\/broken\.yaml: .*at line 2/);
    await write('answers/broken.yaml', 'memo\n');
    await expect(check()).rejects.toThrow(
      'broken.yaml must hold answers by the name of their field',
    );
    await rm(join(root, 'templates/note/answers'), { recursive: true });

    await expect(check({ testsOf: ['plian'] })).rejects.toThrow(
      '--tests-of: there are no answers "plian"',
    );
  });

  it('judges what is generated, and fails on its own tests', async () => {
    await write('skeleton/Dockerfile', 'FROM node\nRUN sudo x\n');
    await write('skeleton/catalog-info.yaml', 'kind: Component\n');
    await write(
      'skeleton/package.json',
      JSON.stringify({
        name: 'x',
        version: '1.0.0',
        scripts: { test: 'no-such-program' },
      }),
    );
    await write(
      'skeleton/package-lock.json',
      JSON.stringify({
        name: 'x',
        version: '1.0.0',
        lockfileVersion: 3,
        packages: { '': { name: 'x', version: '1.0.0' } },
      }),
    );
    const { printed, report } = await check({
      checks: new Set(['lint', 'test']),
    });
    const text = printed.join('\n');
    expect(text).toMatch(/Dockerfile:1: .*\[dockerfilelint\//);
    expect(text).toMatch(/catalog-info\.yaml:1: .*\[catalog\/entity\]/);
    expect(text).toMatch(/npm test ended with \d+/);
    // Skipped or not, every tool is accounted for.
    expect(report.failed).toBe(3);
  });
});
