import { InputError } from '@backstage/errors';
import { Job, Step, Workflow } from './model';

/** Where a control is carried out. */
export interface ControlPlace {
  control: string;
  workflow: string;
  job: string;
  step: string;
}

/** What a risk assessment asks of a pipeline. */
export interface ControlDemands {
  /** Every one of them must be carried out by some step. */
  required?: readonly string[];
  /** Left out, by an exemption that says so: steps that serve no other control go. */
  omitted?: readonly string[];
}

const stepsOf = (job: Job): readonly Step[] =>
  'steps' in job ? job.steps : [];

/** The steps that carry out controls, in the order of the workflows. */
export function controlPlaces(workflows: readonly Workflow[]): ControlPlace[] {
  return workflows.flatMap(workflow =>
    Object.entries(workflow.jobs).flatMap(([job, definition]) =>
      stepsOf(definition).flatMap(step =>
        (step.controls ?? []).map(control => ({
          control,
          workflow: workflow.file,
          job,
          step: step.name,
        })),
      ),
    ),
  );
}

/**
 * Leaves out what an exemption omits, and insists on what is required. A job that carried out nothing but omitted controls
 * goes as a whole.
 *
 * @throws InputError when no step carries out a required control, or when one is both required and omitted
 */
export function applyControls(
  workflows: readonly Workflow[],
  demands: ControlDemands,
): Workflow[] {
  const omitted = new Set(demands.omitted);
  const both = demands.required?.find(control => omitted.has(control));
  if (both) {
    throw new InputError(
      `controls: "${both}" cannot be both required and omitted`,
    );
  }
  const result = workflows.map(workflow => omit(workflow, omitted));
  const present = new Set(controlPlaces(result).map(({ control }) => control));
  const missing = (demands.required ?? []).filter(
    control => !present.has(control),
  );
  if (missing.length > 0) {
    throw new InputError(
      `controls.required: no step of this pipeline carries out ${missing.join(
        ', ',
      )} (it carries out ${[...present].sort().join(', ')})`,
    );
  }
  return result;
}

function omit(workflow: Workflow, omitted: ReadonlySet<string>): Workflow {
  const goes = ({ controls = [] }: Step) =>
    controls.length > 0 && controls.every(control => omitted.has(control));
  const jobs: Record<string, Job> = {};
  for (const [id, job] of Object.entries(workflow.jobs)) {
    if ('workflow' in job) {
      jobs[id] = job;
      continue;
    }
    const serving = job.steps.filter(
      ({ controls = [] }) => controls.length > 0,
    );
    const stays = job.steps.filter(step => !goes(step));
    if (serving.length === 0 || serving.some(step => !goes(step))) {
      jobs[id] = { ...job, steps: stays };
    }
  }
  return { ...workflow, jobs: withoutDanglingNeeds(jobs) };
}

function withoutDanglingNeeds(jobs: Record<string, Job>): Record<string, Job> {
  return Object.fromEntries(
    Object.entries(jobs).map(([id, job]) => [
      id,
      job.needs
        ? { ...job, needs: job.needs.filter(need => need in jobs) }
        : job,
    ]),
  );
}
