import { DateTime, Duration } from 'luxon';

/** An instant as the viewer's clock shows it, such as `Mon 23 Nov, 09:00`. */
export function formatLocal(instant: string, zone?: string): string {
  return DateTime.fromISO(instant, { zone }).toLocaleString({
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
}

/** The time of day of an instant in a zone, with the day where it differs from the viewer's. */
export function formatInZone(instant: string, zone: string): string {
  const here = DateTime.fromISO(instant);
  const there = here.setZone(zone);
  return here.day === there.day
    ? there.toLocaleString(DateTime.TIME_24_SIMPLE)
    : formatLocal(instant, zone);
}

/** Whether two zones show the same local time at an instant. */
export function sameLocalTime(instant: string, zone: string): boolean {
  const here = DateTime.fromISO(instant);
  return here.offset === here.setZone(zone).offset;
}

/** How long ago an instant is, as seen from another, such as `2 hours ago`. */
export function formatAgo(instant: string, now: string): string {
  return (
    DateTime.fromISO(instant).toRelative({ base: DateTime.fromISO(now) }) ?? ''
  );
}

/** An ISO 8601 duration in words, such as `15 minutes`. */
export function formatDuration(duration: string): string {
  return Duration.fromISO(duration).toHuman();
}

/** A share of 1 as a percentage with as many digits as it has, such as `99.95 %`. */
export function formatShare(share: number): string {
  return new Intl.NumberFormat(undefined, {
    style: 'percent',
    maximumFractionDigits: 4,
  }).format(share);
}
