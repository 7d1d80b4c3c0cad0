import { ruleError } from './Unknown';
import { duration, timestamp } from './arithmetic';
import { CelValue, Duration, Timestamp } from './values';

const NANOS_PER_SECOND = 10n ** 9n;
const NANOS_PER_MS = 10n ** 6n;
const RFC3339 =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?([Zz]|([+-])(\d\d):(\d\d)))?$/;

/** The parts of an instant: whole seconds as milliseconds since 1970, and the digits after the point. */
function parse(text: string): { ms: number; fraction: string } | undefined {
  const match = RFC3339.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, fraction = ''] = match;
  const date = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the last century.
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const valid =
    date.getUTCMonth() === Number(month) - 1 &&
    date.getUTCDate() === Number(day);
  if (!valid) return undefined;
  if (hour === undefined) return { ms: date.getTime(), fraction };
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) {
    return undefined;
  }
  date.setUTCHours(Number(hour), Number(minute), Number(second));
  const offset = match[9] ? offsetMinutes(match[9], match[10], match[11]) : 0;
  return { ms: date.getTime() - offset * 60_000, fraction };
}

function offsetMinutes(sign: string, hours: string, minutes: string): number {
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/**
 * Milliseconds since 1970 of an instant as facts write it: RFC 3339, or a day, which begins at midnight UTC.
 *
 * @returns `undefined` for any other text.
 */
export function parseInstant(text: string): number | undefined {
  const parsed = parse(text);
  if (!parsed) return undefined;
  return parsed.ms + Math.floor(Number(`0.${parsed.fraction || '0'}`) * 1000);
}

/** CEL's conversion from text: RFC 3339 with a time zone. */
export function parseTimestamp(text: string): CelValue {
  const parsed = text.length > 10 ? parse(text) : undefined;
  if (!parsed) return ruleError(`"${text}" is not an RFC 3339 timestamp`);
  const fraction = BigInt(parsed.fraction.padEnd(9, '0') || '0');
  return timestamp(BigInt(parsed.ms) * NANOS_PER_MS + fraction);
}

function fractionDigits(nanos: bigint): string {
  if (nanos === 0n) return '';
  return `.${nanos.toString().padStart(9, '0').replace(/0+$/, '')}`;
}

/** RFC 3339 in UTC, with as many digits after the point as it needs. */
export function formatTimestamp({ nanos }: Timestamp): string {
  const fraction =
    ((nanos % NANOS_PER_SECOND) + NANOS_PER_SECOND) % NANOS_PER_SECOND;
  const ms = Number((nanos - fraction) / NANOS_PER_MS);
  return `${new Date(ms).toISOString().slice(0, -5)}${fractionDigits(
    fraction,
  )}Z`;
}

/** Seconds with a fraction, as protobuf's JSON writes durations. */
export function formatDuration({ nanos }: Duration): string {
  const magnitude = nanos < 0n ? -nanos : nanos;
  return `${nanos < 0n ? '-' : ''}${
    magnitude / NANOS_PER_SECOND
  }${fractionDigits(magnitude % NANOS_PER_SECOND)}s`;
}

const UNIT_NANOS: Record<string, number> = {
  h: 3_600e9,
  m: 60e9,
  s: 1e9,
  ms: 1e6,
  us: 1e3,
  µs: 1e3,
  ns: 1,
};
const DURATION = /^([+-]?)((?:\d+(?:\.\d*)?(?:h|ms|m|s|us|µs|ns))+|0)$/;
const DURATION_PART = /(\d+)(?:\.(\d*))?(h|ms|m|s|us|µs|ns)/g;

/** CEL's conversion from text, such as `1h30m` or `-1.5s`. */
export function parseDuration(text: string): CelValue {
  const match = DURATION.exec(text);
  if (!match) return ruleError(`"${text}" is not a duration`);
  let nanos = 0n;
  for (const [, whole, fraction = '', unit] of match[2].matchAll(
    DURATION_PART,
  )) {
    const perUnit = BigInt(UNIT_NANOS[unit]);
    nanos += BigInt(whole) * perUnit;
    nanos +=
      (BigInt(fraction || '0') * perUnit) / 10n ** BigInt(fraction.length);
  }
  return duration(match[1] === '-' ? -nanos : nanos);
}

const OFFSET = /^([+-]?)(\d\d):(\d\d)$/;
const zones = new Map<string, Intl.DateTimeFormat>();

function zoneFormat(zone: string): Intl.DateTimeFormat {
  let format = zones.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    zones.set(zone, format);
  }
  return format;
}

/** The wall clock of a zone, as a date whose UTC fields read like it; `undefined` for a zone that does not exist. */
export function wallClock(
  { nanos }: Timestamp,
  zone: string,
): Date | undefined {
  const ms = Math.floor(Number(nanos / 1000n) / 1000);
  if (zone === 'UTC') return new Date(ms);
  const offset = OFFSET.exec(zone);
  if (offset) {
    return new Date(
      ms + offsetMinutes(offset[1], offset[2], offset[3]) * 60_000,
    );
  }
  try {
    const parts = Object.fromEntries(
      zoneFormat(zone)
        .formatToParts(ms)
        .map(({ type, value }) => [type, Number(value)]),
    );
    const wall = new Date(0);
    wall.setUTCFullYear(parts.year, parts.month - 1, parts.day);
    wall.setUTCHours(parts.hour, parts.minute, parts.second, ms % 1000);
    return wall;
  } catch {
    return undefined;
  }
}
