import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockCredentials } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { scaffoldCompletedSchema } from '@waymark/golden-paths-common';
import request from 'supertest';
import { eventually } from '@waymark/waymark-node/testUtils';
import { startScaffolder } from './__testUtils__/startScaffolder';
import { TestForge } from './__testUtils__/TestForge';

jest.setTimeout(180_000);

const annotations = {
  'backstage.io/managed-by-location': 'url:https://example.com/template.yaml',
  'waymark.dev/template-version': '1.0.0',
};

const repoUrl =
  '${{ environment.parameters.forgeHost }}?owner=${{ environment.parameters.forgeOrg }}&repo=${{ parameters.name }}';

const template = {
  apiVersion: 'scaffolder.backstage.io/v1beta3',
  kind: 'Template',
  metadata: { name: 'service', namespace: 'default', annotations },
  spec: {
    type: 'service',
    owner: 'group:default/platform',
    parameters: {
      required: ['name'],
      properties: {
        name: {
          type: 'string',
          pattern: '^[a-z][a-z0-9]*(-[a-z0-9]+)*$',
          minLength: 3,
        },
        description: { type: 'string' },
      },
    },
    steps: [
      {
        id: 'name',
        name: 'Check the name',
        action: 'golden-paths:check-name',
        input: {
          name: '${{ parameters.name }}',
          owner: 'group:default/checkout',
          repoUrl,
        },
      },
      {
        id: 'workflows',
        name: 'Write the pipeline',
        action: 'golden-paths:workflows',
        input: {
          name: '${{ parameters.name }}',
          language: 'go',
          imageRepository: 'ghcr.io/acme/${{ parameters.name }}',
        },
      },
      {
        id: 'publish',
        name: 'Make the repository',
        action: 'golden-paths:publish',
        input: {
          repoUrl,
          description: '${{ parameters.description or "A service" }}',
          owner: 'group:default/checkout',
        },
      },
      { id: 'gate', name: 'Wait', action: 'test:gate' },
      {
        id: 'protect',
        name: 'Protect',
        action: 'golden-paths:protect',
        input: {
          repoUrl,
          requiredStatusChecks:
            '${{ steps.workflows.output.requiredStatusChecks }}',
        },
      },
    ],
  },
} as Entity;

const taken: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'taken', namespace: 'default', annotations },
  spec: { type: 'service' },
};

const user: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'mock', namespace: 'default' },
  spec: {},
};

type Scaffolder = Awaited<ReturnType<typeof startScaffolder>>;

let forge: TestForge;
let folder: string;
let scaffolder: Scaffolder;
let gate: () => Promise<void> = async () => {};

async function start(): Promise<void> {
  scaffolder = await startScaffolder({
    forge,
    folder,
    entities: [template, taken, user],
    gate: () => gate(),
  });
}

beforeAll(async () => {
  forge = await TestForge.start();
  folder = await mkdtemp(join(tmpdir(), 'waymark-scaffolder-'));
  await start();
});

afterAll(async () => {
  await scaffolder.kill();
  await forge.stop();
  await rm(folder, { recursive: true, force: true });
});

const submit = (values: object) =>
  request(scaffolder.server)
    .post('/api/scaffolder/v2/tasks')
    .send({ templateRef: 'template:default/service', values });

async function taskAfter(id: string, statuses: string[]) {
  return eventually(async () => {
    const { body } = await request(scaffolder.server).get(
      `/api/scaffolder/v2/tasks/${id}`,
    );
    return statuses.includes(body.status) ? body : undefined;
  }, 60_000);
}

const ended = (id: string) => taskAfter(id, ['completed', 'failed']);

const commits = async (repo: string) =>
  (await forge.octokit.rest.repos.listCommits({ owner: 'acme', repo })).data;

describe('the module, in the real scaffolder', () => {
  it('goes on by itself when it was killed between publish and protection: one repository, complete', async () => {
    let reached = false;
    gate = () => {
      reached = true;
      return new Promise(() => {});
    };
    const { body, status } = await submit({ name: 'killed' });
    expect(status).toBe(201);
    await eventually(async () => reached || undefined);
    await scaffolder.kill();
    await expect(
      forge.octokit.rest.repos.getBranchProtection({
        owner: 'acme',
        repo: 'killed',
        branch: 'main',
      }),
    ).rejects.toMatchObject({ status: 404 });

    gate = async () => {};
    await start();
    const task = await ended(body.id);

    expect(task.status).toBe('completed');
    expect(await commits('killed')).toHaveLength(1);
    const { data: protection } =
      await forge.octokit.rest.repos.getBranchProtection({
        owner: 'acme',
        repo: 'killed',
        branch: 'main',
      });
    expect(protection.required_status_checks?.contexts).toEqual(['CI passed']);

    const event = await eventually(async () => scaffolder.completed[0]);
    expect(scaffoldCompletedSchema.parse(event.eventPayload)).toMatchObject({
      id: body.id,
      templateRef: 'template:default/service',
      templateVersion: '1.0.0',
      outcome: 'completed',
      initiator: 'user:default/mock',
      repositoryUrl: `${forge.running.url}/acme/killed`,
    });
  });

  it('treats whatever is typed as text', async () => {
    const description = '{{7*7}} ${{ secrets }} $(touch x) ../../x `\'"';
    const { body } = await submit({ name: 'typed', description });
    expect((await ended(body.id)).status).toBe('completed');
    const { data } = await forge.octokit.rest.repos.get({
      owner: 'acme',
      repo: 'typed',
    });
    expect(data.description).toBe(description);
  });

  it.each(['../../x', '$(x)', '{{7*7}}', 'UPPER', 'ab', ''])(
    'answers 400 and names the field for the name "%s"',
    async name => {
      const { status, body } = await submit({ name });
      expect(status).toBe(400);
      expect(body.errors[0].property).toBe('instance.name');
    },
  );

  it('fails before it makes anything when the name is taken, and says so in the event', async () => {
    const { body } = await submit({ name: 'taken' });
    expect((await ended(body.id)).status).toBe('failed');
    expect(await forge.exists('taken')).toBe(false);
    const { body: events } = await request(scaffolder.server).get(
      `/api/scaffolder/v2/tasks/${body.id}/events`,
    );
    expect(JSON.stringify(events)).toContain(
      'name: there is already a Component',
    );
    const event = await eventually(async () =>
      scaffolder.completed.find(
        ({ eventPayload }) => (eventPayload as { id: string }).id === body.id,
      ),
    );
    expect(event.eventPayload).toMatchObject({ outcome: 'failed' });
  });

  it('lets the same answers be given again after a failed run, and goes on with its repository', async () => {
    gate = async () => {
      throw new Error('The forge is on fire');
    };
    const first = await submit({ name: 'retried' });
    expect((await ended(first.body.id)).status).toBe('failed');
    gate = async () => {};
    const second = await submit({ name: 'retried' });
    expect((await ended(second.body.id)).status).toBe('completed');
    expect(await commits('retried')).toHaveLength(1);
  });

  it('tells whoever may run templates whether a name is free', async () => {
    const ask = (name: string) =>
      request(scaffolder.server).get(
        `/api/scaffolder/golden-paths/names/${name}`,
      );
    await forge.makeForeign('foreign');
    expect((await ask('unheard-of')).body).toEqual({
      name: 'unheard-of',
      available: true,
      reasons: [],
    });
    expect((await ask('taken')).body).toMatchObject({
      available: false,
      reasons: ['there is already a Component "taken"'],
    });
    expect((await ask('foreign')).body).toMatchObject({
      available: false,
      reasons: ['there is already a repository acme/foreign'],
    });
    const wrong = await ask('No%20Name');
    expect(wrong.status).toBe(400);
    expect(wrong.body.error.message).toContain('name: must be lower-case');
    const nobody = await ask('unheard-of').set(
      'authorization',
      mockCredentials.none.header(),
    );
    expect(nobody.status).toBe(401);
  });
});
