import { Job, StepsJob } from '../model';
import { hardenRunner } from './steps';

/** The job that sums up all others, so that branch protection needs to know one name only. */
export const PASSED_JOB = 'passed';
/** Its name: the status check to require. */
export const PASSED_CHECK = 'CI passed';

/** Fails unless every other job passed, or had no reason to run. */
export function passedJob(jobs: Record<string, Job>): StepsJob {
  return {
    name: PASSED_CHECK,
    needs: Object.keys(jobs),
    // Also when a job before it has failed: a check that never reports would block, or be taken for passed.
    if: 'always()',
    timeoutMinutes: 5,
    permissions: {},
    steps: [
      hardenRunner(),
      {
        name: 'Look at the results of all jobs',
        env: { RESULTS: '${{ toJSON(needs) }}' },
        run: `jq --raw-output 'to_entries[] | "\\(.key): \\(.value.result)"' <<< "$RESULTS"
jq --exit-status 'all(.[]; .result == "success" or .result == "skipped")' <<< "$RESULTS"
`,
      },
    ],
  };
}
