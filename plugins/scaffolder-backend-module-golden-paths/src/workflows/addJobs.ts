import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { stepsJobSchema, Workflow } from './model';
import { PASSED_JOB } from './jobs/passed';

/** A job that somebody else adds to a pipeline, such as the dynamic scan that a tier demands. */
export const addedJobSchema = z.strictObject({
  /** File name of the workflow that it joins. */
  workflow: z.string(),
  id: z.string().regex(/^[a-z][a-z0-9-]{0,63}$/),
  job: stepsJobSchema,
});
export type AddedJob = z.infer<typeof addedJobSchema>;

/**
 * Adds jobs to workflows. Where a workflow has a job that sums up the others, it waits for the added ones too.
 *
 * @throws InputError when the workflow is not there, or has such a job already
 */
export function addJobs(
  workflows: readonly Workflow[],
  additions: readonly AddedJob[],
): Workflow[] {
  const result = workflows.map(workflow => ({
    ...workflow,
    jobs: { ...workflow.jobs },
  }));
  for (const { workflow: file, id, job } of additions) {
    const target = result.find(workflow => workflow.file === file);
    if (!target || id in target.jobs) {
      throw new InputError(
        target
          ? `additions: ${file} has a job "${id}" already`
          : `additions: there is no workflow ${file}, only ${result
              .map(workflow => workflow.file)
              .join(', ')}`,
      );
    }
    const { [PASSED_JOB]: passed, ...others } = target.jobs;
    target.jobs = { ...others, [id]: job };
    if (passed) {
      target.jobs[PASSED_JOB] = {
        ...passed,
        needs: [...(passed.needs ?? []), id],
      };
    }
  }
  return result;
}
