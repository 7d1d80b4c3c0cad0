import { resolvePackagePath } from '@backstage/backend-plugin-api';
import fc from 'fast-check';
import { parse } from 'yaml';
import { addJobs } from './addJobs';
import { applyControls, controlPlaces } from './applyControls';
import { PASSED_CHECK } from './jobs/passed';
import { StepsJob, workflowSchema } from './model';
import { PinTable } from './PinTable';
import { renderWorkflow } from './renderWorkflow';
import { ServicePipeline, servicePipelineSchema } from './ServicePipeline';
import { serviceWorkflows } from './serviceWorkflows';

const pins = PinTable.load(
  resolvePackagePath(
    '@waymark/scaffolder-backend-module-golden-paths',
    'data/action-pins.tsv',
  ),
);

const pipelines = fc.record<ServicePipeline>({
  name: fc.stringMatching(/^[a-z][a-z0-9]{2,9}(-[a-z0-9]{1,9}){0,2}$/),
  language: fc.constantFrom('go', 'node'),
  containerised: fc.boolean(),
  backend: fc.constantFrom('none', 'postgresql', 'queue'),
  imageRepository: fc.constant('ghcr.io/acme/quotes'),
});

const quotes: ServicePipeline = {
  name: 'quotes',
  language: 'go',
  containerised: true,
  backend: 'postgresql',
  imageRepository: 'ghcr.io/acme/quotes',
};

const render = (pipeline: ServicePipeline) =>
  serviceWorkflows(pipeline).map(workflow => {
    const text = renderWorkflow(workflow, pins);
    return { file: workflow.file, text, parsed: parse(text) };
  });

const probe: StepsJob = {
  name: 'Scan the running service',
  timeoutMinutes: 10,
  permissions: { contents: 'read' },
  steps: [
    {
      name: 'Scan',
      uses: 'zaproxy/action-baseline',
      with: { target: 'https://staging.acme.example' },
      controls: ['dast'],
    },
  ],
};

describe('workflows of a service', () => {
  it('pins every action to a commit of the table, and says which version that is', () => {
    fc.assert(
      fc.property(pipelines, pipeline => {
        for (const { text } of render(pipeline)) {
          const uses = text.match(/uses: .*/g) ?? [];
          expect(uses.length).toBeGreaterThan(0);
          for (const line of uses) {
            expect(line).toMatch(
              /^uses: (\.\/\.github\/workflows\/ci\.yaml|[\w./-]+@[0-9a-f]{40} # v\d+(\.\d+)*)$/,
            );
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('grants nothing by default, and each job names what it needs, how long it may take, and watches itself first', () => {
    fc.assert(
      fc.property(pipelines, pipeline => {
        for (const { parsed } of render(pipeline)) {
          expect(parsed.permissions).toEqual({});
          expect(parsed.concurrency.group).toBeDefined();
          const jobs = Object.values<any>(parsed.jobs);
          expect(jobs.filter(job => !job.permissions)).toEqual([]);
          const own = jobs.filter(job => !job.uses);
          expect(own.filter(job => !(job['timeout-minutes'] > 0))).toEqual([]);
          expect(
            own.filter(
              ({ steps: [first] }) =>
                !first.uses.startsWith('step-security/harden-runner@'),
            ),
          ).toEqual([]);
          const steps = own.flatMap(job => job.steps);
          expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
          const checkouts = steps.filter(({ uses }) =>
            uses?.startsWith('actions/checkout@'),
          );
          expect(checkouts.length).toBeGreaterThan(0);
          expect(
            checkouts.map(step => step.with['persist-credentials']),
          ).toEqual(checkouts.map(() => false));
        }
      }),
      { numRuns: 30 },
    );
  });

  it('follows its own model', () => {
    for (const workflow of serviceWorkflows(quotes)) {
      expect(workflowSchema.parse(workflow)).toEqual(workflow);
    }
  });

  it('asks for an identity only where something is signed, and lets only the deploy job write to the repository', () => {
    const jobs = render(quotes).flatMap(({ parsed }) =>
      Object.entries<any>(parsed.jobs),
    );
    const holders = (permission: string) =>
      jobs
        .filter(([, job]) => job.permissions[permission] === 'write')
        .map(([id]) => id);
    expect(holders('id-token')).toEqual(['image']);
    expect(holders('packages')).toEqual(['image']);
    expect(holders('contents')).toEqual(['deploy']);
  });

  it('sums up all jobs of CI in the one check that protection requires', () => {
    const [{ parsed }] = render(quotes);
    const { passed, ...others } = parsed.jobs;
    expect(passed.name).toBe(PASSED_CHECK);
    expect(passed.needs).toEqual(Object.keys(others));
    expect(passed.if).toBe('always()');
  });

  it('tests beside the real back end, and ships only what is a container', () => {
    const service = (backend: ServicePipeline['backend']) =>
      Object.keys(
        render({ ...quotes, backend })[0].parsed.jobs.test.services ?? {},
      );
    expect(service('none')).toEqual([]);
    expect(service('postgresql')).toEqual(['postgresql']);
    expect(service('queue')).toEqual(['kafka']);
    expect(render(quotes).map(({ file }) => file)).toEqual([
      'ci.yaml',
      'deploy.yaml',
    ]);
    expect(
      render({ ...quotes, containerised: false }).map(({ file }) => file),
    ).toEqual(['ci.yaml']);
  });

  it('ships by a pull request that names the digest in the values of the chart', () => {
    const { parsed } = render(quotes)[1];
    expect(parsed.jobs.image.outputs.digest).toBe(
      '${{ steps.build.outputs.digest }}',
    );
    const write = parsed.jobs.deploy.steps.find((step: any) =>
      step.run?.includes('.image.digest'),
    );
    expect(write.env).toEqual({
      DIGEST: '${{ needs.image.outputs.digest }}',
      VALUES: 'charts/quotes/values.yaml',
    });
    // Merging that pull request must not start the next one.
    expect(parsed.on.push['paths-ignore']).toContain('charts/**');
  });

  it.each([
    ['name', { name: 'a; rm -rf /' }],
    ['name', { name: '${{ github.token }}' }],
    ['imageRepository', { imageRepository: 'ghcr.io/$(x)' }],
    ['language', { language: 'cobol' }],
  ])('refuses a %s that is not one', (field, wrong) => {
    const result = servicePipelineSchema.safeParse({ ...quotes, ...wrong });
    expect(result.error?.issues[0].path).toEqual([field]);
  });
});

describe('controls', () => {
  const workflows = serviceWorkflows(quotes);

  it('says which step carries out which', () => {
    const places = controlPlaces(workflows);
    expect([...new Set(places.map(({ control }) => control))].sort()).toEqual([
      'automated-tests',
      'build-provenance',
      'dependency-review',
      'iac-scanning',
      'image-scanning',
      'reviewed-deployment',
      'sast',
      'sbom',
      'sca',
      'secret-scanning',
      'signed-artifact',
    ]);
    expect(places).toContainEqual({
      control: 'signed-artifact',
      workflow: 'deploy.yaml',
      job: 'image',
      step: 'Sign the image',
    });
  });

  it('refuses a required control that no step carries out, until somebody adds one', () => {
    expect(() => applyControls(workflows, { required: ['dast'] })).toThrow(
      'no step of this pipeline carries out dast',
    );
    const more = addJobs(workflows, [
      { workflow: 'ci.yaml', id: 'dynamic-scan', job: probe },
    ]);
    const [ci] = applyControls(more, { required: ['dast'] });
    expect(ci.jobs.passed.needs).toContain('dynamic-scan');
    expect(renderWorkflow(ci, pins)).toContain('zaproxy/action-baseline@');
  });

  it('leaves out what an exemption omits, with everything that waited for it', () => {
    const [ci] = applyControls(workflows, { omitted: ['sast'] });
    expect(ci.jobs['code-scan']).toBeUndefined();
    expect(ci.jobs.passed.needs).not.toContain('code-scan');
    expect(() =>
      applyControls(workflows, { omitted: ['sast'], required: ['sast'] }),
    ).toThrow('both required and omitted');
  });

  it('adds no job twice, and none to a workflow that is not there', () => {
    expect(() =>
      addJobs(workflows, [{ workflow: 'ci.yaml', id: 'test', job: probe }]),
    ).toThrow('ci.yaml has a job "test" already');
    expect(() =>
      addJobs(workflows, [{ workflow: 'x.yaml', id: 'y', job: probe }]),
    ).toThrow('there is no workflow x.yaml');
  });
});

describe('the pin table', () => {
  const table = (...lines: string[]) =>
    PinTable.parse(
      ['action\ttag\tcommit\truns', ...lines, ''].join('\n'),
      'pins',
    );
  const sha = 'a'.repeat(40);

  it('refuses an action that is not in it, and names the place', () => {
    const [ci] = addJobs(serviceWorkflows(quotes), [
      {
        workflow: 'ci.yaml',
        id: 'extra',
        job: {
          ...probe,
          steps: [{ name: 'Unknown', uses: 'evil/action' }],
        },
      },
    ]);
    expect(() => renderWorkflow(ci, pins)).toThrow(
      /ci\.yaml: jobs\.extra\.steps\[0\] uses "evil\/action", which is not in the pin table/,
    );
  });

  it('knows the paths of an action, and that some roots are none', () => {
    expect(pins.resolve('github/codeql-action/init', 'x').uses).toMatch(
      /^github\/codeql-action\/init@[0-9a-f]{40}$/,
    );
    expect(() => pins.resolve('github/codeql-action', 'x')).toThrow(
      'whose root is no action',
    );
    expect(() => pins.resolve('actions/checkout/../../evil', 'x')).toThrow(
      'not in the pin table',
    );
  });

  it.each([
    ['a short commit', `a/b\tv1.0.0\tabc\tnode24`],
    ['a branch', `a/b\tmain\t${sha}\tnode24`],
    ['a name that is none', `ab\tv1.0.0\t${sha}\tnode24`],
  ])('refuses %s, and names the line', (_, line) => {
    expect(() => table(line)).toThrow(/^pins:2: /);
  });

  it('refuses an action that is pinned twice', () => {
    const line = `a/b\tv1.0.0\t${sha}\tnode24`;
    expect(() => table(line, line)).toThrow('pins:3: a/b is pinned twice');
  });
});
