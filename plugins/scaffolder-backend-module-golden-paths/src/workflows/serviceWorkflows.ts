import { Job, Workflow } from './model';
import { containerJob } from './jobs/container';
import { deployPullRequestJob } from './jobs/deployPullRequest';
import { infrastructureJob } from './jobs/infrastructure';
import { PASSED_JOB, passedJob } from './jobs/passed';
import { publishImageJob } from './jobs/publishImage';
import { scanJobs } from './jobs/scan';
import { testJob } from './jobs/test';
import { ServicePipeline } from './ServicePipeline';

const CI = 'ci.yaml';

/** The workflows of a service: what must hold before a change is merged, and what ships it afterwards. */
export function serviceWorkflows(pipeline: ServicePipeline): Workflow[] {
  const ci = ciWorkflow(pipeline);
  return pipeline.containerised ? [ci, deployWorkflow(pipeline)] : [ci];
}

function ciWorkflow(pipeline: ServicePipeline): Workflow {
  const jobs: Record<string, Job> = {
    test: testJob(pipeline),
    ...scanJobs(pipeline),
    ...(pipeline.containerised ? { container: containerJob(pipeline) } : {}),
    ...(pipeline.backend === 'none'
      ? {}
      : { infrastructure: infrastructureJob() }),
  };
  return {
    file: CI,
    name: 'CI',
    on: {
      pull_request: {},
      merge_group: {},
      // What ships runs it by itself.
      ...(pipeline.containerised
        ? { workflow_call: {} }
        : { push: { branches: ['main'] } }),
      // For pull requests that a workflow has opened.
      workflow_dispatch: {},
      // New vulnerabilities of old code.
      schedule: [{ cron: '17 4 * * 1' }],
    },
    // Not github.workflow: a called workflow has its caller's, and would wait for it for ever.
    concurrency: {
      group:
        "ci-${{ github.event_name == 'pull_request' && github.ref || github.run_id }}",
      cancelInProgress: "${{ github.event_name == 'pull_request' }}",
    },
    jobs: { ...jobs, [PASSED_JOB]: passedJob(jobs) },
  };
}

function deployWorkflow(pipeline: ServicePipeline): Workflow {
  return {
    file: 'deploy.yaml',
    name: 'Deploy',
    on: {
      push: {
        branches: ['main'],
        // Merging a deploy pull request changes the chart only, and must not ship another image.
        'paths-ignore': [
          'charts/**',
          'dashboards/**',
          'deploy/**',
          'docs/**',
          '**.md',
        ],
      },
    },
    // One after the other, none cut short: a newer image must not be overtaken by an older one.
    concurrency: { group: 'deploy', cancelInProgress: false },
    jobs: {
      verify: {
        name: 'Verify',
        permissions: { contents: 'read', 'security-events': 'write' },
        workflow: CI,
      },
      image: publishImageJob(pipeline),
      deploy: deployPullRequestJob(pipeline),
    },
  };
}
