import {
  today,
  CalendarDate,
  getLocalTimeZone,
  parseDate,
} from '@internationalized/date';

/** The day of an instant, as the viewer's clock has it. */
export function dayOf(instant: string): CalendarDate {
  const date = new Date(instant);
  return new CalendarDate(
    date.getFullYear(),
    date.getMonth() + 1,
    date.getDate(),
  );
}

/** The last instant of a day, as the viewer's clock has it. */
export function endOf(day: string | CalendarDate): string {
  const date = typeof day === 'string' ? parseDate(day) : day;
  const next = date.add({ days: 1 }).toDate(getLocalTimeZone());
  return new Date(next.getTime() - 1).toISOString();
}

/** The beginning of the day so many days ago: the same all day, so that it is read once. */
export function daysAgo(days: number): string {
  const zone = getLocalTimeZone();
  return today(zone).subtract({ days }).toDate(zone).toISOString();
}
