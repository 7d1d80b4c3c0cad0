import { DateTime, Duration } from 'luxon';
import { OnCallLayer, OnCallOverride, OnCallSchedule } from './onCallSchedule';

/** Who holds one layer at an instant. @public */
export interface OnCallShift {
  /** Name of the layer. */
  layer: string;
  /** Reference of the user on call. */
  member: string;
  /** When somebody else takes over; absent when nobody ever does. */
  until?: Date;
  /** Who takes over at `until`. */
  next?: string;
  /** Present when an override, and not the rotation, names the member. */
  override?: { reason?: string };
}

interface Holder {
  member: string;
  override?: OnCallOverride;
}

interface Span {
  from: number;
  to: number;
  override: OnCallOverride;
}

/** One layer as a function of time; instants are epoch milliseconds. */
class LayerTimeline {
  readonly #members: string[];
  readonly #zone: string;
  readonly #start: DateTime;
  readonly #every: Duration;
  readonly #overrides: Span[];

  constructor(schedule: OnCallSchedule, layer: OnCallLayer) {
    this.#members = layer.members;
    this.#zone = schedule.spec.timeZone;
    this.#start = wallTime(layer.start);
    this.#every = Duration.fromISO(layer.every);
    this.#overrides = schedule.spec.overrides
      .filter(override => override.layer === layer.name)
      .map(override => ({
        from: this.#toInstant(wallTime(override.from)),
        to: this.#toInstant(wallTime(override.to)),
        override,
      }))
      .sort((a, b) => a.from - b.from);
  }

  holderAt(time: number): Holder | undefined {
    const span = this.#overrideAt(time);
    if (span) {
      return { member: span.override.member, override: span.override };
    }
    const shift = this.#shiftAt(time);
    return shift < 0 ? undefined : { member: this.#memberOf(shift) };
  }

  /** The first instant after `time` at which somebody else holds the layer. */
  handoverAfter(
    time: number,
    member: string,
  ): { at: number; member: string } | undefined {
    let at = this.#nextChange(time);
    while (at !== undefined) {
      const holder = this.holderAt(at);
      if (holder && holder.member !== member) {
        return { at, member: holder.member };
      }
      at = this.#nextChange(at);
    }
    return undefined;
  }

  /** The next instant at which the holder may differ; `undefined` when none is left. */
  #nextChange(time: number): number | undefined {
    const current = this.#overrideAt(time);
    if (current) {
      return current.to;
    }
    const candidates = [
      this.#nextRotation(time),
      this.#overrides.find(span => span.from > time)?.from,
    ].filter(candidate => candidate !== undefined);
    return candidates.length ? Math.min(...candidates) : undefined;
  }

  #nextRotation(time: number): number | undefined {
    const shift = this.#shiftAt(time);
    if (shift < 0) {
      return this.#boundary(0);
    }
    // Members repeat after one round, so nobody new comes after it.
    for (let step = 1; step < this.#members.length; step++) {
      if (this.#memberOf(shift + step) !== this.#memberOf(shift)) {
        return this.#boundary(shift + step);
      }
    }
    return undefined;
  }

  #overrideAt(time: number): Span | undefined {
    return this.#overrides.find(span => span.from <= time && time < span.to);
  }

  #memberOf(shift: number): string {
    return this.#members[shift % this.#members.length];
  }

  /** Number of the shift at an instant; negative before the layer starts. */
  #shiftAt(time: number): number {
    if (time < this.#boundary(0)) {
      return -1;
    }
    const elapsed = time - this.#boundary(0);
    // Months vary and days may have 23 or 25 hours: an estimate, then exact.
    let shift = Math.max(0, Math.floor(elapsed / this.#every.toMillis()));
    while (shift > 0 && this.#boundary(shift) > time) {
      shift--;
    }
    while (this.#boundary(shift + 1) <= time) {
      shift++;
    }
    return shift;
  }

  #boundary(shift: number): number {
    return this.#toInstant(
      this.#start.plus(this.#every.mapUnits(value => value * shift)),
    );
  }

  #toInstant(wall: DateTime): number {
    return wall.setZone(this.#zone, { keepLocalTime: true }).toMillis();
  }
}

/** A local time held as UTC, so that arithmetic on it knows no daylight saving. */
function wallTime(text: string): DateTime {
  return DateTime.fromISO(text, { zone: 'utc' });
}

/**
 * Who is on call at an instant: one shift for each layer that has started, in
 * the order of the schedule.
 *
 * @remarks
 *
 * Shift k of a layer begins at the local time `start + k × every`; that wall
 * time is mapped to an instant in the schedule's zone, so handovers stay at
 * the same local time across daylight-saving changes (a wall time that is
 * skipped moves forward by the size of the gap, one that occurs twice means
 * the first). Shifts are half-open: the incoming member holds the boundary.
 * An override wins over the rotation for its span.
 *
 * @public
 */
export function onCallAt(
  schedule: OnCallSchedule,
  instant: Date,
): OnCallShift[] {
  const time = instant.getTime();
  return schedule.spec.layers.flatMap(layer => {
    const timeline = new LayerTimeline(schedule, layer);
    const holder = timeline.holderAt(time);
    if (!holder) {
      return [];
    }
    const handover = timeline.handoverAfter(time, holder.member);
    return [
      {
        layer: layer.name,
        member: holder.member,
        ...(handover && {
          until: new Date(handover.at),
          next: handover.member,
        }),
        ...(holder.override && {
          override: { reason: holder.override.reason },
        }),
      },
    ];
  });
}
