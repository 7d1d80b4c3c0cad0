import { parse } from 'yaml';
import { z } from 'zod';

/** A GitHub workflow. */
export interface WorkflowFacts {
  path: string;
  problem: string | null;
  /** Whether it says itself what its token may do; false where nobody can tell. */
  restrictsToken: boolean;
}

/** One `uses` of a workflow. */
export interface ActionUse {
  workflow: string;
  action: string;
  ref: string | null;
  pinned: boolean;
}

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
/** How often an anchor may be used. */
const MOST_ALIASES = 100;
/** Characters of the document once its aliases are replaced by what they stand for. */
const MOST_EXPANDED = 1024 * 1024;
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

const permissions = z.union([
  z.string(),
  z.record(z.string(), z.string()),
  // `permissions:` with nothing behind it is an empty map to GitHub.
  z.null(),
]);
const step = z.looseObject({ uses: z.string().optional() });
const workflow = z.looseObject({
  permissions: permissions.optional(),
  jobs: z.record(
    z.string(),
    z.looseObject({
      permissions: permissions.optional(),
      uses: z.string().optional(),
      steps: z.array(step).optional(),
    }),
  ),
});

/** Whether GitHub takes a file for a workflow. */
export const isWorkflow = (path: string) => WORKFLOW.test(path);

/** @param content - undefined when the file is too large to be read */
export function workflowFacts(
  path: string,
  content: string | undefined,
): { workflow: WorkflowFacts; actions: ActionUse[] } {
  const refuse = (problem: string) => ({
    workflow: { path, problem, restrictsToken: false },
    actions: [],
  });
  if (content === undefined) {
    return refuse('The file is too large');
  }
  let document: unknown;
  try {
    document = parse(content, { maxAliasCount: MOST_ALIASES });
    // Below the bound on aliases, a file may still come to a hundred times its size.
    if ((JSON.stringify(document) ?? '').length > MOST_EXPANDED) {
      return refuse('It is too large once its aliases are replaced');
    }
  } catch (error) {
    return refuse(`It is no YAML: ${(error as Error).message.split('\n')[0]}`);
  }
  const parsed = workflow.safeParse(document);
  if (!parsed.success) {
    const { path: where, message } = parsed.error.issues[0];
    return refuse(`${where.join('.') || 'workflow'}: ${message}`);
  }
  const jobs = Object.values(parsed.data.jobs);
  const uses = jobs.flatMap(job => [
    job.uses,
    ...(job.steps ?? []).map(one => one.uses),
  ]);
  return {
    workflow: {
      path,
      problem: null,
      restrictsToken: jobs.every(job =>
        isRestriction(
          job.permissions === undefined
            ? parsed.data.permissions
            : job.permissions,
        ),
      ),
    },
    actions: uses
      .filter(use => use !== undefined)
      .map(use => ({ workflow: path, ...describeUse(use) })),
  };
}

function isRestriction(
  stated: z.output<typeof permissions> | undefined,
): boolean {
  return stated !== undefined && stated !== 'write-all';
}

function describeUse(use: string): Omit<ActionUse, 'workflow'> {
  if (use.startsWith('./')) {
    return { action: use, ref: null, pinned: true };
  }
  if (use.startsWith('docker://')) {
    const [action, digest] = use.split('@');
    return {
      action,
      ref: digest ?? null,
      pinned: digest?.startsWith('sha256:') ?? false,
    };
  }
  const at = use.lastIndexOf('@');
  const ref = at < 0 ? null : use.slice(at + 1);
  return {
    action: at < 0 ? use : use.slice(0, at),
    ref,
    pinned: ref !== null && COMMIT.test(ref),
  };
}
