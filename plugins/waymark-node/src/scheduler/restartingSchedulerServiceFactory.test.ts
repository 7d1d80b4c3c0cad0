import {
  coreServices,
  createBackendPlugin,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Knex } from 'knex';
import { testDatabases } from '../testDatabases';
import { restartingSchedulerServiceFactory } from './restartingSchedulerServiceFactory';

jest.setTimeout(60_000);

const databases = testDatabases();
const TASKS = 'backstage_backend_tasks__tasks';

/** A backend with one task, on a database that an earlier one has used. */
async function startBackend(knex: Knex, run: () => Promise<void>) {
  return startTestBackend({
    features: [
      restartingSchedulerServiceFactory,
      createServiceFactory({
        service: coreServices.database,
        deps: {},
        factory: () => mockServices.database({ knex }),
      }),
      createBackendPlugin({
        pluginId: 'test',
        register({ registerInit }) {
          registerInit({
            deps: { scheduler: coreServices.scheduler },
            init: ({ scheduler }) =>
              scheduler.scheduleTask({
                id: 'read',
                frequency: { seconds: 1 },
                timeout: { hours: 1 },
                fn: run,
              }),
          });
        },
      }),
    ],
  });
}

async function startAfterKill(knex: Knex): Promise<'run' | 'waits'> {
  const first = await startBackend(knex, async () => {});
  await first.stop();
  // What the database says while the task runs, and for ever after when the process is killed then.
  await knex(TASKS).update({
    current_run_ticket: 'of-a-process-that-was-killed',
    current_run_started_at: knex.fn.now(),
    current_run_expires_at: knex.raw(
      String(knex.client.config.client).includes('sqlite3')
        ? `datetime('now', '+1 hour')`
        : `now() + interval '1 hour'`,
    ),
    next_run_start_at: knex.fn.now(),
  });
  let done: (ran: 'run') => void;
  const ran = new Promise<'run'>(resolve => {
    done = resolve;
  });
  const backend = await startBackend(knex, async () => done('run'));
  const outcome = await Promise.race([
    ran,
    new Promise<'waits'>(resolve => {
      setTimeout(() => resolve('waits'), 5_000);
    }),
  ]);
  await backend.stop();
  return outcome;
}

describe.each(databases.eachSupportedId())(
  'a start after a kill, on %s',
  id => {
    const alone = id === 'SQLITE_3';

    it(`${
      alone ? 'takes over' : 'leaves to other replicas'
    } the tasks that were running`, async () => {
      const knex = await databases.init(id);
      expect(await startAfterKill(knex)).toBe(alone ? 'run' : 'waits');
    });

    it('never takes over tasks in production', async () => {
      const before = process.env.NODE_ENV;
      const knex = await databases.init(id);
      try {
        Object.assign(process.env, { NODE_ENV: 'production' });
        expect(await startAfterKill(knex)).toBe('waits');
      } finally {
        Object.assign(process.env, { NODE_ENV: before });
      }
    });
  },
);
