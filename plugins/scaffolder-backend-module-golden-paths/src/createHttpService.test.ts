import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { provenanceSchema } from '@waymark/golden-paths-common';
import { eventually } from '@waymark/waymark-node/testUtils';
import request from 'supertest';
import { parse, parseAllDocuments } from 'yaml';
import { startScaffolder } from './__testUtils__/startScaffolder';
import { TestForge } from './__testUtils__/TestForge';

jest.setTimeout(180_000);

const FILE = resolvePackagePath(
  '@waymark/scaffolder-backend-module-golden-paths',
  '../../templates/create-http-service/template.yaml',
);

/** What needs a whole portal around it: a browser test sees to these. */
const ELSEWHERE = ['webhook', 'wait'];

interface Field {
  type: string;
}

/** The part of a template that this test looks at. */
interface Template {
  metadata: Entity['metadata'];
  spec: {
    parameters: Array<{ properties: Record<string, Field> }>;
    steps: Array<{ id: string }>;
    output?: object;
  };
}

const answers = {
  name: 'quotes',
  description: 'Prices and quotes for the checkout of the shop',
  owner: 'group:default/checkout',
  system: 'system:default/checkout',
  lifecycle: 'experimental',
  language: 'go',
  containerised: true,
  backend: 'none',
  costCentre: 'CC-4401',
  dataClassification: 'internal',
};

const user: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'mock', namespace: 'default' },
  spec: {},
};

let forge: TestForge;
let folder: string;
let scaffolder: Awaited<ReturnType<typeof startScaffolder>>;
let fields: Record<string, Field>;

beforeAll(async () => {
  const template: Template = parse(await readFile(FILE, 'utf8'));
  template.metadata.namespace = 'default';
  template.metadata.annotations = {
    ...template.metadata.annotations,
    'backstage.io/managed-by-location': `file:${FILE}`,
  };
  template.spec.steps = template.spec.steps.filter(
    ({ id }) => !ELSEWHERE.includes(id),
  );
  delete template.spec.output;
  fields = Object.assign(
    {},
    ...template.spec.parameters.map(({ properties }) => properties),
  );
  forge = await TestForge.start();
  folder = await mkdtemp(join(tmpdir(), 'waymark-create-http-service-'));
  scaffolder = await startScaffolder({
    forge,
    folder,
    entities: [template as unknown as Entity, user],
  });
});

afterAll(async () => {
  await scaffolder.kill();
  await forge.stop();
  await rm(folder, { recursive: true, force: true });
});

const submit = (values: object) =>
  request(scaffolder.server).post('/api/scaffolder/v2/tasks').send({
    templateRef: 'template:default/create-http-service',
    values,
  });

/** Runs the template to its end; fails with the log of the step that failed. */
async function run(values: object): Promise<void> {
  const { body, status } = await submit(values);
  expect(status).toBe(201);
  const path = `/api/scaffolder/v2/tasks/${body.id}`;
  const task = await eventually(async () => {
    const answer = await request(scaffolder.server).get(path);
    return ['completed', 'failed'].includes(answer.body.status)
      ? answer.body
      : undefined;
  }, 60_000);
  if (task.status === 'failed') {
    const { body: events } = await request(scaffolder.server).get(
      `${path}/events`,
    );
    throw new Error(JSON.stringify(events.slice(-3), undefined, 2));
  }
}

async function filesOf(repo: string): Promise<string[]> {
  const { data } = await forge.octokit.rest.git.getTree({
    owner: 'acme',
    repo,
    tree_sha: 'main',
    recursive: 'true',
  });
  return data.tree
    .filter(({ type }) => type === 'blob')
    .map(({ path }) => path ?? '');
}

async function read(repo: string, path: string): Promise<string> {
  const { data } = await forge.octokit.rest.repos.getContent({
    owner: 'acme',
    repo,
    path,
    mediaType: { format: 'raw' },
  });
  return data as unknown as string;
}

describe('the template create-http-service, in the real scaffolder', () => {
  it('answers 400 that names the field, whichever holds what does not belong there', async () => {
    const wrong = ['../../x', '$(x)', '{{7*7}}', '', 7, null, ['x'], { x: 1 }];
    for (const [name, { type }] of Object.entries(fields)) {
      // Free text takes any characters; a type it has all the same.
      const values =
        name === 'description'
          ? ['', 'short', 'x'.repeat(141), 'two lines\nof text', 7, null, {}]
          : wrong;
      expect(values.length).toBeGreaterThan(0);
      for (const value of values) {
        const { status, body } = await submit({ ...answers, [name]: value });
        expect({ name, type, value, status }).toEqual({
          name,
          type,
          value,
          status: 400,
        });
        expect(body.errors[0].property).toBe(`instance.${name}`);
      }
      const { [name as 'name']: left, ...others } = answers;
      expect(left).toBeDefined();
      const { status, body } = await submit(others);
      expect(status).toBe(400);
      expect(body.errors[0].message).toContain(`"${name}"`);
    }
    expect(Object.keys(fields)).toEqual(Object.keys(answers));
    expect(await filesOrNone('quotes')).toEqual([]);
  });

  it.each([
    {
      name: 'typed-go',
      language: 'go',
      backend: 'postgresql',
      containerised: true,
      description:
        '../../x $(touch pwned) `touch pwned` {{7*7}} ${{7*7}} {% raw %} {# c #}',
    },
    {
      name: 'typed-node',
      language: 'node',
      backend: 'queue',
      containerised: false,
      description:
        '\'; " : # \\ <img src=x onerror=alert(1)> [x](javascript:x) ${{ values.name }}',
    },
  ])(
    'takes what is typed into the description for text ($language)',
    async ({ description, ...chosen }) => {
      await run({ ...answers, ...chosen, description });
      const { name } = chosen;

      const files = await filesOf(name);
      expect(files.length).toBeGreaterThanOrEqual(30);
      expect(files).toEqual(
        expect.arrayContaining([
          'catalog-info.yaml',
          'openapi.yaml',
          '.github/workflows/ci.yaml',
          '.waymark/template.yaml',
        ]),
      );
      expect(files.filter(path => /\.\.|[${}%]|pwned/.test(path))).toEqual([]);

      const entities = parseAllDocuments(
        await read(name, 'catalog-info.yaml'),
      ).map(document => document.toJS() as Entity);
      for (const kind of ['Component', 'API']) {
        expect(
          entities.find(entity => entity.kind === kind)?.metadata.description,
        ).toBe(description);
      }
      // Markdown, which the portal renders.
      expect(parse(await read(name, 'openapi.yaml')).info.description).toBe(
        description.replaceAll('<', '&lt;'),
      );
      const provenance = provenanceSchema.parse(
        parse(await read(name, '.waymark/template.yaml')),
      );
      expect(provenance.answers).toEqual({
        ...answers,
        ...chosen,
        description,
      });
      expect(entities[0].metadata.annotations?.['waymark.dev/template']).toBe(
        provenance.template.ref,
      );
      for (const page of ['README.md', 'docs/index.md']) {
        const [line] = /^In one sentence: .*$/m.exec(await read(name, page))!;
        expect(line).not.toMatch(/[<>[\]]|49/);
      }

      // Nothing ran, and nothing was left outside of the workspace, which is gone.
      expect(
        (await readdir(folder)).filter(file => !/sqlite/.test(file)),
      ).toEqual([]);
    },
  );
});

async function filesOrNone(repo: string): Promise<string[]> {
  return (await forge.exists(repo)) ? filesOf(repo) : [];
}
