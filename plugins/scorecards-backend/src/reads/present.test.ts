import { packResults, scorecardSpecSchema } from '@waymark/scorecards-common';
import { aScorecard } from '../__testUtils__/definitions';
import { presentScore } from './present';

const APRIL = Date.parse('2026-04-30T12:00:00Z');
const MAY = Date.parse('2026-05-30T12:00:00Z');
const spec = scorecardSpecSchema.parse(
  aScorecard('readiness', ['true', 'true', 'true']).spec,
);

const score = (
  results: Parameters<typeof packResults>[0],
  exempt: Record<string, number>,
) =>
  presentScore(
    {
      results: packResults(results),
      cause: 'fact',
      holds: {},
      validFrom: new Date(0),
    },
    { name: 'readiness', title: 'Readiness', hash: 'abc', spec },
    new Map(Object.entries(exempt)),
  );

describe('the debt of a score', () => {
  it('is what the exemptions excuse, and when the first of it counts again', () => {
    const excused = { state: 'exempt', underlying: 'fail' } as const;
    expect(
      score([excused, { state: 'pass' }, excused], {
        'check-0': MAY,
        'check-2': APRIL,
      }).debt,
    ).toEqual({ active: 2, nextExpiry: '2026-04-30T12:00:00.000Z' });
  });

  it('leaves out exemptions of checks that do not apply, or that count later', () => {
    const { debt, checks } = score(
      [
        { state: 'exempt', underlying: 'fail' },
        { state: 'notApplicable' },
        { state: 'upcoming', underlying: 'fail' },
      ],
      { 'check-0': MAY, 'check-1': APRIL, 'check-2': APRIL },
    );
    expect(debt).toEqual({
      active: 1,
      nextExpiry: '2026-05-30T12:00:00.000Z',
    });
    expect(checks.map(({ exemptUntil }) => exemptUntil)).toEqual([
      '2026-05-30T12:00:00.000Z',
      undefined,
      undefined,
    ]);
    expect(
      score(
        [{ state: 'notApplicable' }, { state: 'pass' }, { state: 'pass' }],
        { 'check-0': APRIL },
      ),
    ).not.toHaveProperty('debt');
  });
});
