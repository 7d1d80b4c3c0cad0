import { Knex } from 'knex';

/** Where Backstage's scheduler keeps the tasks of a plugin, and who runs them. */
const TASKS = 'backstage_backend_tasks__tasks';

/**
 * Takes every task from the process that had claimed it.
 *
 * @remarks
 *
 * Backstage gives a claim up only when the task would have timed out, and looks for such claims once a minute. A process
 * that was killed therefore keeps its tasks from running for minutes after the next start.
 *
 * @returns the ids of the tasks that were claimed; they are due as soon as their next run was
 */
export async function releaseTaskClaims(knex: Knex): Promise<string[]> {
  if (!(await knex.schema.hasTable(TASKS))) {
    return [];
  }
  const claimed: { id: string }[] = await knex(TASKS)
    .whereNotNull('current_run_ticket')
    .orderBy('id')
    .select('id');
  if (claimed.length > 0) {
    await knex(TASKS).whereNotNull('current_run_ticket').update({
      current_run_ticket: null,
      current_run_started_at: null,
      current_run_expires_at: null,
    });
  }
  return claimed.map(({ id }) => id);
}
