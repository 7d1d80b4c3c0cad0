import { CollectorHealth } from '@waymark/scorecards-common';

const HEALTHS = ['outage', 'failing', 'overdue', 'well'] as const;

/** How a collector fares, in one word: the worst that holds. */
export function healthOf(
  collector: Pick<CollectorHealth, 'outage' | 'failed' | 'error' | 'overdue'>,
): (typeof HEALTHS)[number] {
  if (collector.outage?.wholeSource) return 'outage';
  if (collector.outage || collector.failed > 0 || collector.error) {
    return 'failing';
  }
  return collector.overdue > 0 ? 'overdue' : 'well';
}

/** Those that need somebody come first. */
export const inTroubleFirst = (collectors: readonly CollectorHealth[]) =>
  [...collectors].sort(
    (a, b) =>
      HEALTHS.indexOf(healthOf(a)) - HEALTHS.indexOf(healthOf(b)) ||
      a.id.localeCompare(b.id),
  );
