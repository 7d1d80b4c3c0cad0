import fc from 'fast-check';
import { DateTime } from 'luxon';
import { OnCallSchedule, parseOnCallSchedule } from './onCallSchedule';
import { onCallAt } from './rotation';

function schedule(spec: object): OnCallSchedule {
  return parseOnCallSchedule({
    apiVersion: 'waymark.dev/v1',
    kind: 'OnCallSchedule',
    metadata: { name: 'checkout' },
    spec: { timeZone: 'Europe/Paris', ...spec },
  });
}

const weekly = schedule({
  layers: [
    {
      name: 'primary',
      start: '2026-01-05T09:00',
      every: 'P7D',
      members: ['user:default/a', 'user:default/b'],
    },
  ],
});

const at = (text: string) => new Date(text);

describe('onCallAt', () => {
  it('names nobody before the layer starts, and the first member from its first instant', () => {
    expect(onCallAt(weekly, at('2026-01-05T07:59:59Z'))).toEqual([]);
    expect(onCallAt(weekly, at('2026-01-05T08:00:00Z'))).toEqual([
      {
        layer: 'primary',
        member: 'user:default/a',
        until: at('2026-01-12T08:00:00Z'),
        next: 'user:default/b',
      },
    ]);
  });

  it('hands over at the same local time on both sides of a daylight-saving change', () => {
    // Paris springs forward on 2026-03-29 and falls back on 2026-10-25.
    expect(onCallAt(weekly, at('2026-03-25T12:00:00Z'))[0].until).toEqual(
      at('2026-03-30T07:00:00Z'),
    );
    expect(onCallAt(weekly, at('2026-10-21T12:00:00Z'))[0].until).toEqual(
      at('2026-10-26T08:00:00Z'),
    );
  });

  it('lets an override win for its span and returns to the rotation', () => {
    const overridden = schedule({
      layers: weekly.spec.layers,
      overrides: [
        {
          layer: 'primary',
          from: '2026-12-24T09:00',
          to: '2026-12-26T09:00',
          member: 'user:default/c',
          reason: 'holidays',
        },
      ],
    });
    const [before] = onCallAt(overridden, at('2026-12-23T12:00:00Z'));
    expect(before).toMatchObject({
      until: at('2026-12-24T08:00:00Z'),
      next: 'user:default/c',
    });
    expect(onCallAt(overridden, at('2026-12-25T12:00:00Z'))).toEqual([
      {
        layer: 'primary',
        member: 'user:default/c',
        until: at('2026-12-26T08:00:00Z'),
        next: before.member,
        override: { reason: 'holidays' },
      },
    ]);
  });

  it('knows of no handover when one person holds the layer for good', () => {
    const alone = schedule({
      layers: [{ ...weekly.spec.layers[0], members: ['user:default/a'] }],
    });
    expect(onCallAt(alone, at('2026-06-01T00:00:00Z'))).toEqual([
      { layer: 'primary', member: 'user:default/a' },
    ]);
  });

  const zones = [
    'Europe/Paris',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kolkata',
    'America/Santiago',
    'UTC',
  ];
  const arbitrarySchedule = fc
    .record({
      timeZone: fc.constantFrom(...zones),
      every: fc.constantFrom('PT1H', 'PT8H', 'P1D', 'P7D', 'P2W', 'P1M'),
      members: fc.array(
        fc.constantFrom('user:default/a', 'user:default/b', 'user:default/c'),
        { minLength: 1, maxLength: 5 },
      ),
      hour: fc.integer({ min: 0, max: 23 }),
      overrideDay: fc.integer({ min: 1, max: 27 }),
    })
    .map(({ timeZone, every, members, hour, overrideDay }) =>
      schedule({
        timeZone,
        layers: [
          {
            name: 'primary',
            start: `2026-01-05T${String(hour).padStart(2, '0')}:30`,
            every,
            members,
          },
        ],
        overrides: [
          {
            layer: 'primary',
            from: `2026-04-${String(overrideDay).padStart(2, '0')}T02:30`,
            to: `2026-04-${String(overrideDay + 2).padStart(2, '0')}T02:30`,
            member: 'user:default/d',
          },
        ],
      }),
    );
  const arbitraryInstant = fc
    .integer({
      min: Date.UTC(2026, 0, 7),
      max: Date.UTC(2027, 6, 1),
    })
    .map(time => new Date(time));

  it('has exactly one member per layer at each instant in coverage, who holds it until the handover', () => {
    fc.assert(
      fc.property(arbitrarySchedule, arbitraryInstant, (any, instant) => {
        const shifts = onCallAt(any, instant);
        expect(shifts).toHaveLength(1);
        const [{ member, until, next }] = shifts;
        if (!until) {
          return;
        }
        expect(until.getTime()).toBeGreaterThan(instant.getTime());
        expect(next).not.toBe(member);
        expect(onCallAt(any, until)[0].member).toBe(next);
        expect(onCallAt(any, new Date(until.getTime() - 1))[0].member).toBe(
          member,
        );
        const middle = (instant.getTime() + until.getTime()) / 2;
        expect(onCallAt(any, new Date(middle))[0].member).toBe(member);
      }),
      { numRuns: 400 },
    );
  });

  it('hands over only at the local time of the schedule, whatever daylight saving does', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 4, max: 23 }),
        arbitraryInstant,
        (timeZone, hour, instant) => {
          const daily = schedule({
            timeZone,
            layers: [
              {
                name: 'primary',
                start: `2026-01-05T${String(hour).padStart(2, '0')}:00`,
                every: 'P1D',
                members: ['user:default/a', 'user:default/b'],
              },
            ],
          });
          const until = onCallAt(daily, instant)[0].until!;
          const local = DateTime.fromJSDate(until).setZone(timeZone);
          expect(local.toFormat('HH:mm')).toBe(
            `${String(hour).padStart(2, '0')}:00`,
          );
        },
      ),
      { numRuns: 300 },
    );
  });
});
