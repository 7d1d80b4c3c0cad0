import { z } from 'zod';

/** What we read of the workflows of a repository. */
export const workflowsSchema = z.object({
  workflows: z
    .array(
      z.object({
        id: z.number(),
        name: z.string(),
        path: z.string(),
        state: z.string(),
      }),
    )
    .default([]),
});

/** What we read of runs that have ended. */
export const runsSchema = z.object({
  workflow_runs: z
    .array(
      z.object({
        workflow_id: z.number(),
        conclusion: z.string().nullable(),
        head_sha: z.string(),
        updated_at: z.string(),
        html_url: z.string(),
      }),
    )
    .default([]),
});

/** How the workflows of a repository end on its default branch. */
export interface WorkflowRunFacts {
  workflows: {
    path: string;
    name: string;
    enabled: boolean;
    /** Null where none of the runs that were looked at is of this workflow. */
    lastRun: {
      conclusion: string;
      endedAt: string;
      commit: string;
      url: string;
    } | null;
  }[];
  /** The runs that were looked at. */
  runs: number;
  succeeded: number;
  failed: number;
  /** When the oldest of them ended; null when there is none. */
  since: string | null;
}

const FAILED = ['failure', 'timed_out', 'startup_failure'];

/** @param listed - runs that have ended, newest first */
export function workflowRuns(
  { workflows }: z.output<typeof workflowsSchema>,
  { workflow_runs: listed }: z.output<typeof runsSchema>,
): WorkflowRunFacts {
  const runs = listed.map(run => ({
    workflow: run.workflow_id,
    conclusion: run.conclusion ?? 'neutral',
    endedAt: new Date(run.updated_at).toISOString(),
    commit: run.head_sha,
    url: run.html_url,
  }));
  const lastRunOf = (id: number) => {
    const found = runs.find(run => run.workflow === id);
    if (!found) {
      return null;
    }
    const { workflow: _, ...run } = found;
    return run;
  };
  return {
    workflows: workflows
      .map(({ id, name, path, state }) => ({
        path,
        name,
        enabled: state === 'active',
        lastRun: lastRunOf(id),
      }))
      .sort((one, other) => (one.path < other.path ? -1 : 1)),
    runs: runs.length,
    succeeded: runs.filter(run => run.conclusion === 'success').length,
    failed: runs.filter(run => FAILED.includes(run.conclusion)).length,
    since: runs.map(({ endedAt }) => endedAt).sort()[0] ?? null,
  };
}
