import { ScaffolderTask } from '@backstage/plugin-scaffolder-common';
import {
  ANNOTATION_TEMPLATE_VERSION,
  ScaffoldCompleted,
} from '@waymark/golden-paths-common';
import { z } from 'zod';

const stateSchema = z.object({
  steps: z.record(
    z.string(),
    z.object({ output: z.record(z.string(), z.unknown()).optional() }),
  ),
});

/** What a run's end is worth telling. */
export function scaffoldCompleted(options: {
  status: ScaffoldCompleted['outcome'];
  task: ScaffolderTask;
  /** The outputs of the steps, as the scaffolder keeps them for recovery. */
  state: unknown;
  completedAt: Date;
}): ScaffoldCompleted {
  const { status, task, state, completedAt } = options;
  const { templateInfo, user } = task.spec;
  const startedAt = new Date(task.createdAt);
  const output = outputsOf(state);
  return {
    id: task.id,
    templateRef: templateInfo?.entityRef ?? 'template:default/unknown',
    templateVersion:
      templateInfo?.entity?.metadata.annotations?.[ANNOTATION_TEMPLATE_VERSION],
    outcome: status,
    initiator: user?.ref,
    startedAt: startedAt.toISOString(),
    completedAt: completedAt.toISOString(),
    // Databases keep the start in whole seconds, and round it.
    durationSeconds: Math.max(
      0,
      (completedAt.getTime() - startedAt.getTime()) / 1_000,
    ),
    entityRef: output('entityRef'),
    repositoryUrl: output('repositoryUrl'),
  };
}

function outputsOf(state: unknown): (name: string) => string | undefined {
  const parsed = stateSchema.safeParse(state);
  const outputs = Object.values(parsed.data?.steps ?? {}).map(
    step => step.output ?? {},
  );
  return name =>
    outputs
      .map(output => output[name])
      .find((value): value is string => typeof value === 'string');
}
