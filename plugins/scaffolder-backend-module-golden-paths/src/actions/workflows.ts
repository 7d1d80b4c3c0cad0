import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { resolveSafeChildPath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { z as zod } from 'zod';
import { addedJobSchema, addJobs } from '../workflows/addJobs';
import { applyControls, controlPlaces } from '../workflows/applyControls';
import { PASSED_CHECK } from '../workflows/jobs/passed';
import { PinTable } from '../workflows/PinTable';
import { renderWorkflow } from '../workflows/renderWorkflow';
import { servicePipelineSchema } from '../workflows/ServicePipeline';
import { serviceWorkflows } from '../workflows/serviceWorkflows';
import { fields } from './fields';
import { examples } from './workflows.examples';
import { workspaceFolder } from './workspaceFolder';

const FOLDER = '.github/workflows';

/**
 * `golden-paths:workflows`: writes the GitHub Actions workflows of a service. From data, since the expressions of GitHub and of
 * templates look alike, and since a risk assessment decides which controls are in them.
 */
export function createWorkflowsAction(options: { pins: PinTable }) {
  return createTemplateAction({
    id: 'golden-paths:workflows',
    description: `Writes ${FOLDER}: CI for pull requests, and for a containerised service the way to production. Every action is pinned to a commit of the pin table`,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        name: z => z.string().describe('Name of the component'),
        language: z => z.enum(['go', 'node']),
        containerised: z => z.boolean().default(true).optional(),
        backend: z =>
          z.enum(['none', 'postgresql', 'queue']).default('none').optional(),
        imageRepository: z =>
          z.string().describe('Such as ghcr.io/acme/quotes'),
        controls: z =>
          z
            .object({
              required: z
                .array(z.string())
                .optional()
                .describe('Controls that some step must carry out'),
              omitted: z
                .array(z.string())
                .optional()
                .describe('Controls that an exemption leaves out'),
            })
            .optional(),
        additions: z =>
          z
            .array(z.record(z.any()))
            .optional()
            .describe(
              'More jobs, as data: { workflow, id, job }. Their actions must be in the pin table',
            ),
        sourcePath: fields.sourcePath,
      },
      output: {
        files: z => z.array(z.string()),
        controls: z =>
          z
            .array(
              z.object({
                control: z.string(),
                workflow: z.string(),
                job: z.string(),
                step: z.string(),
              }),
            )
            .describe('Which step carries out which control'),
        requiredStatusChecks: z =>
          z.array(z.string()).describe('What branch protection should require'),
      },
    },
    async handler(ctx) {
      const { input, logger } = ctx;
      const pipeline = parse(servicePipelineSchema, {
        ...input,
        containerised: input.containerised ?? true,
        backend: input.backend ?? 'none',
      });
      const additions = parse(
        zod.object({ additions: zod.array(addedJobSchema) }),
        { additions: input.additions ?? [] },
      ).additions;
      const workflows = applyControls(
        addJobs(serviceWorkflows(pipeline), additions),
        input.controls ?? {},
      );
      const folder = workspaceFolder(ctx, input.sourcePath);
      // All of them first: an action that is not pinned must not leave half of the files behind.
      const files = workflows.map(workflow => ({
        path: `${FOLDER}/${workflow.file}`,
        text: renderWorkflow(workflow, options.pins),
      }));
      for (const { path, text } of files) {
        const file = resolveSafeChildPath(folder, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
        logger.info(`Wrote ${path}`);
      }
      ctx.output(
        'files',
        files.map(({ path }) => path),
      );
      ctx.output('controls', controlPlaces(workflows));
      ctx.output('requiredStatusChecks', [PASSED_CHECK]);
    },
  });
}

function parse<T extends zod.ZodType>(schema: T, value: unknown): zod.infer<T> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(({ path, message }) => `${path.join('.')}: ${message}`)
        .join('; '),
    );
  }
  return parsed.data;
}
