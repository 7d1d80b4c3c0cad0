import { DateTime, Duration } from 'luxon';

/** An instant as the viewer's clock shows it, such as `23 Nov 2026, 09:00`. */
export function formatInstant(instant: string): string {
  return DateTime.fromISO(instant).toLocaleString(DateTime.DATETIME_MED);
}

/** The day of an instant or date, such as `23 Nov 2026`. */
export function formatDay(instant: string): string {
  return DateTime.fromISO(instant).toLocaleString(DateTime.DATE_MED);
}

/** How long ago an instant is, or how far ahead, such as `2 hours ago`. */
export function formatAgo(instant: string, now?: string): string {
  return (
    DateTime.fromISO(instant).toRelative(
      now ? { base: DateTime.fromISO(now) } : {},
    ) ?? ''
  );
}

/** A duration in words, such as `1 hour, 10 minutes`. */
export function formatMillis(millis: number): string {
  const duration = Duration.fromMillis(millis).shiftTo(
    'days',
    'hours',
    'minutes',
  );
  const parts = Object.fromEntries(
    Object.entries(duration.toObject()).filter(([, value]) => value),
  );
  return Duration.fromObject(parts).toHuman();
}

/** An ISO 8601 duration in words, such as `1 hour, 10 minutes`. */
export function formatEffort(effort: string): string {
  return formatMillis(Duration.fromISO(effort).toMillis());
}
