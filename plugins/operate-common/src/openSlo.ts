import { InputError } from '@backstage/errors';
import { z } from 'zod';
import { describeIssues } from './describeIssues';

const objectiveSchema = z
  .object({
    displayName: z.string().optional(),
    op: z.enum(['lte', 'gte', 'lt', 'gt']).optional(),
    value: z.number().optional(),
    target: z.number().gt(0).lt(1).optional(),
    targetPercent: z.number().gt(0).lt(100).optional(),
  })
  .refine(
    objective =>
      (objective.target === undefined) !==
      (objective.targetPercent === undefined),
    { error: 'must have either target (0 to 1) or targetPercent (0 to 100)' },
  );

const timeWindowSchema = z.object({
  duration: z.string().min(1),
  isRolling: z.boolean().optional(),
  calendar: z.object({}).loose().optional(),
});

const openSloSchema = z.object({
  apiVersion: z.literal('openslo/v1'),
  kind: z.literal('SLO'),
  metadata: z.object({
    name: z.string().min(1),
    displayName: z.string().optional(),
  }),
  spec: z.object({
    description: z.string().optional(),
    timeWindow: z.array(timeWindowSchema).length(1),
    objectives: z.array(objectiveSchema).min(1),
  }),
});

/** What the Operate card says of one objective of an SLO. @public */
export interface SloSummary {
  /** Display name of the SLO, or its name. */
  name: string;
  /** What is promised, such as `≤ 300`; absent when the file does not say. */
  objective?: string;
  /** Share of good events, 0 to 1. */
  target: number;
  /** Length of the window as OpenSLO writes it, such as `28d`. */
  window: string;
  /** Whether the window moves with time, as against one that follows the calendar. */
  rolling: boolean;
}

const comparisons = { lte: '≤', gte: '≥', lt: '<', gt: '>' } as const;

/**
 * Summarises the SLOs among parsed documents of an OpenSLO v1 file; documents
 * of other OpenSLO kinds (services, indicators, …) are passed over.
 *
 * @throws InputError when an SLO is wrong, or when the file holds none
 * @public
 */
export function summarizeOpenSlo(documents: unknown[]): SloSummary[] {
  const summaries = documents.flatMap((document, index) =>
    isSlo(document) ? summarize(document, index) : [],
  );
  if (summaries.length === 0) {
    throw new InputError(
      'The file holds no document with `kind: SLO` (OpenSLO v1)',
    );
  }
  return summaries;
}

function isSlo(document: unknown): boolean {
  return (
    typeof document === 'object' &&
    document !== null &&
    'kind' in document &&
    document.kind === 'SLO'
  );
}

function summarize(document: unknown, index: number): SloSummary[] {
  const result = openSloSchema.safeParse(document);
  if (!result.success) {
    throw new InputError(
      `Invalid SLO (document ${index + 1}): ${describeIssues(result.error)}`,
    );
  }
  const { metadata, spec } = result.data;
  const [window] = spec.timeWindow;
  return spec.objectives.map(objective => ({
    name: metadata.displayName ?? metadata.name,
    objective: describeObjective(objective),
    target: objective.target ?? objective.targetPercent! / 100,
    window: window.duration,
    rolling: window.isRolling ?? !window.calendar,
  }));
}

function describeObjective(
  objective: z.infer<typeof objectiveSchema>,
): string | undefined {
  const threshold =
    objective.op && objective.value !== undefined
      ? `${comparisons[objective.op]} ${objective.value}`
      : undefined;
  return (
    [objective.displayName, threshold].filter(Boolean).join(' ') || undefined
  );
}
