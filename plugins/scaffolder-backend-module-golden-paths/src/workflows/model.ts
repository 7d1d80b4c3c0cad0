import { z } from 'zod';

/*
 * GitHub Actions workflows as data. What cannot be written in this model cannot be emitted: a script with an expression in it, an
 * action that is not pinned, a job without a time limit or with more permissions than it names.
 */

/** A control of the risk model that a step carries out, such as `sast`. */
export const controlIdSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/,
    'must be lower-case words with hyphens',
  );

const identifier = z
  .string()
  .regex(
    /^[a-z][a-z0-9-]{0,63}$/,
    'must be lower-case letters, digits and hyphens',
  );

const expression = '${{';

const label = z
  .string()
  .min(1)
  .max(100)
  .refine(text => !text.includes(expression), 'must not hold an expression');

const condition = z.string().min(1);

/** Values for environments and inputs: expressions are allowed, since no shell reads them as code. */
const values = z.record(
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_-]*$/),
  z.union([z.string(), z.number(), z.boolean()]),
);

const access = z.enum(['read', 'write']);

/** Only the permissions that our pipelines need; nothing is granted that is not named. */
export const permissionsSchema = z.strictObject({
  actions: access.optional(),
  attestations: z.literal('write').optional(),
  contents: access.optional(),
  'id-token': z.literal('write').optional(),
  packages: access.optional(),
  'pull-requests': access.optional(),
  'security-events': access.optional(),
});
export type Permissions = z.infer<typeof permissionsSchema>;

const stepBase = z.strictObject({
  id: identifier.optional(),
  name: label,
  if: condition.optional(),
  env: values.optional(),
  /** Controls that the step carries out. */
  controls: z.array(controlIdSchema).optional(),
});

/** A step that runs an action: by its name, such as `github/codeql-action/init`. The pin table knows the commit. */
export const actionStepSchema = stepBase.extend({
  uses: z.string(),
  with: values.optional(),
});

/** A step that runs a script. Expressions reach it through `env` only, so that what they hold is data, never code. */
export const scriptStepSchema = stepBase.extend({
  run: z
    .string()
    .min(1)
    .refine(
      script => !script.includes(expression),
      'must not hold an expression: pass its value through env',
    ),
});

export const stepSchema = z.union([actionStepSchema, scriptStepSchema]);
export type Step = z.infer<typeof stepSchema>;
export type ActionStep = z.infer<typeof actionStepSchema>;

/** A container beside the job. */
export const serviceSchema = z.strictObject({
  /** With a tag. */
  image: z.string().regex(/^[a-z0-9][a-z0-9./-]*:[A-Za-z0-9][A-Za-z0-9._-]*$/),
  env: values.optional(),
  ports: z.array(z.string().regex(/^\d+:\d+$/)).optional(),
  /** Arguments of the container engine, one line. */
  options: z.string().optional(),
});

const jobBase = z.strictObject({
  name: label,
  needs: z.array(identifier).optional(),
  if: condition.optional(),
  permissions: permissionsSchema,
});

/** A job of its own steps. */
export const stepsJobSchema = jobBase.extend({
  timeoutMinutes: z.number().int().min(1).max(360),
  services: z.record(identifier, serviceSchema).optional(),
  env: values.optional(),
  outputs: values.optional(),
  steps: z.array(stepSchema).min(1),
});
export type StepsJob = z.infer<typeof stepsJobSchema>;

/** A job that is another workflow of the same repository. */
export const workflowJobSchema = jobBase.extend({
  /** File name of the workflow. */
  workflow: z.string().regex(/^[a-z][a-z0-9-]*\.yaml$/),
});

export const jobSchema = z.union([stepsJobSchema, workflowJobSchema]);
export type Job = z.infer<typeof jobSchema>;

/** What starts a workflow; `pull_request_target` and `workflow_run` are missing on purpose. */
export const triggersSchema = z.strictObject({
  pull_request: z.strictObject({}).optional(),
  merge_group: z.strictObject({}).optional(),
  push: z
    .strictObject({
      branches: z.array(z.string()).min(1),
      'paths-ignore': z.array(z.string()).optional(),
    })
    .optional(),
  schedule: z.array(z.strictObject({ cron: z.string() })).optional(),
  workflow_call: z.strictObject({}).optional(),
  workflow_dispatch: z.strictObject({}).optional(),
});

export const workflowSchema = z.strictObject({
  /** File name below `.github/workflows`. */
  file: z.string().regex(/^[a-z][a-z0-9-]*\.yaml$/),
  name: label,
  on: triggersSchema,
  concurrency: z.strictObject({
    group: z.string(),
    cancelInProgress: z.union([z.boolean(), z.string()]),
  }),
  jobs: z.record(identifier, jobSchema),
});
export type Workflow = z.infer<typeof workflowSchema>;
