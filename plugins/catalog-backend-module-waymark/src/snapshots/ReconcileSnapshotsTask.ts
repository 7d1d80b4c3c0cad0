import {
  LoggerService,
  SchedulerService,
  SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { SnapshotHints } from './SnapshotHints';
import { SnapshotRecorder } from './SnapshotRecorder';

const SCHEDULE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 5 },
  // Short, because a replica that dies in the middle holds the task until then.
  timeout: { minutes: 10 },
  initialDelay: { seconds: 15 },
  scope: 'global',
};

/** Compares the snapshots with the whole catalog every five minutes, on one replica. */
export class ReconcileSnapshotsTask {
  static async schedule(options: {
    scheduler: SchedulerService;
    recorder: SnapshotRecorder;
    hints: SnapshotHints;
    logger: LoggerService;
  }): Promise<void> {
    const { scheduler, recorder, hints, logger } = options;
    await scheduler.scheduleTask({
      id: 'waymark-reconcile-entity-snapshots',
      ...SCHEDULE,
      fn: async signal => {
        const { seen, changed, deleted } = await recorder.reconcile({
          signal,
          onChanged: refs => refs.forEach(ref => hints.hint(ref)),
        });
        logger.debug(
          `Compared the snapshots with ${seen} entities: ${changed} changed, ${deleted} of them deleted`,
        );
      },
    });
  }
}
