import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { readDigestSchedule } from './config';
import { DigestSchedule, lastDue, WEEKDAYS } from './schedule';

const schedules = fc.record({
  day: fc.constantFrom(...WEEKDAYS),
  hour: fc.integer({ min: 0, max: 23 }),
  minute: fc.integer({ min: 0, max: 59 }),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'Pacific/Auckland'),
});

describe('the schedule of the digest', () => {
  it('has been due within the last week, at that time of that day, and is so until the next', () => {
    fc.assert(
      fc.property(
        schedules,
        fc.date({
          min: new Date('2026-01-01'),
          max: new Date('2028-01-01'),
          noInvalidDate: true,
        }),
        (schedule, now) => {
          const due = lastDue(schedule, now);
          const { weekday } = DateTime.fromJSDate(due, {
            zone: schedule.timeZone,
          });
          expect(WEEKDAYS[weekday - 1]).toBe(schedule.day);
          expect(due.getTime()).toBeLessThanOrEqual(now.getTime());
          // A week with the end of summer time is an hour longer.
          expect(now.getTime() - due.getTime()).toBeLessThan(
            (7 * 24 + 1) * 3_600_000,
          );
          expect(lastDue(schedule, due)).toEqual(due);
        },
      ),
    );
  });

  it('keeps its time of the day through summer time', () => {
    const berlin: DigestSchedule = {
      day: 'monday',
      hour: 8,
      minute: 30,
      timeZone: 'Europe/Berlin',
    };
    expect(lastDue(berlin, new Date('2026-03-28T00:00:00Z'))).toEqual(
      new Date('2026-03-23T07:30:00Z'),
    );
    expect(lastDue(berlin, new Date('2026-03-31T00:00:00Z'))).toEqual(
      new Date('2026-03-30T06:30:00Z'),
    );
  });

  it.each([
    [undefined, { day: 'monday', hour: 8, minute: 0, timeZone: 'UTC' }],
    [false, undefined],
    [
      { day: 'friday', time: '16:05', timeZone: 'Europe/Berlin' },
      { day: 'friday', hour: 16, minute: 5, timeZone: 'Europe/Berlin' },
    ],
  ])('is read from %j', (digest, schedule) => {
    const data = { scorecards: digest === undefined ? {} : { digest } };
    expect(readDigestSchedule(mockServices.rootConfig({ data }))).toEqual(
      schedule,
    );
  });

  it.each([
    [{ day: 'Montag' }, 'scorecards.digest.day'],
    [{ time: '8 am' }, 'scorecards.digest.time: must be a time such as 08:00'],
    [
      { timeZone: 'Berlin' },
      'scorecards.digest.timeZone: must be the name of a time zone, such as Europe/Berlin',
    ],
    [{ hour: 8 }, 'scorecards.digest'],
  ])('is refused as %j', (digest, reason) => {
    const data = { scorecards: { digest } };
    expect(() => readDigestSchedule(mockServices.rootConfig({ data }))).toThrow(
      reason,
    );
  });
});
