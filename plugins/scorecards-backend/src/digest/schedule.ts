import { DateTime } from 'luxon';

/** In the order of luxon, whose Monday is 1. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

/** When in the week the digest is due. */
export interface DigestSchedule {
  day: (typeof WEEKDAYS)[number];
  hour: number;
  minute: number;
  /** IANA name, such as `Europe/Berlin`. */
  timeZone: string;
}

/** The last instant at which a digest was due, now included. */
export function lastDue(schedule: DigestSchedule, now: Date): Date {
  const { day, hour, minute, timeZone: zone } = schedule;
  const ofThisWeek = DateTime.fromJSDate(now, { zone }).set({
    weekday: (WEEKDAYS.indexOf(day) + 1) as 1,
    hour,
    minute,
    second: 0,
    millisecond: 0,
  });
  const due =
    ofThisWeek.toMillis() > now.getTime()
      ? ofThisWeek.minus({ weeks: 1 })
      : ofThisWeek;
  return due.toJSDate();
}
