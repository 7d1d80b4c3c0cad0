import type { CheckScore, EntityScore } from '../api';
import { debtOf, isMissing, ladderOf, LadderSpec, pathOf } from './ladder';

const check = (
  id: string,
  level: string,
  state: CheckScore['state'],
  more: Partial<CheckScore> = {},
): CheckScore => ({
  id,
  title: id,
  level,
  weight: 1,
  gate: false,
  state,
  ...more,
});

const score = (
  level: string | null,
  checks: CheckScore[],
  levelTitle: string | null = level,
): EntityScore => ({
  scorecard: 'quality',
  title: 'Quality',
  rated: true,
  level,
  levelTitle,
  rank: null,
  points: 0.5,
  confidence: 1,
  since: '2026-11-01T00:00:00.000Z',
  cause: 'fact',
  definition: 'abc',
  checks,
});

const spec = (efforts: Record<string, string | undefined> = {}) =>
  ({
    levels: [
      { id: 'bronze', title: 'Bronze' },
      { id: 'silver', title: 'Silver' },
      { id: 'gold', title: 'Gold' },
    ],
    checks: Object.entries(efforts).map(([id, effort]) => ({
      id,
      fix: effort ? { effort } : undefined,
    })),
  } as unknown as LadderSpec);

describe('the way up', () => {
  it('leads over what is missing on the next level, the cheapest first', () => {
    const path = pathOf(
      score('bronze', [
        check('readme', 'bronze', 'pass'),
        check('tests', 'silver', 'fail'),
        check('owners', 'silver', 'fail'),
        check('pins', 'silver', 'pass'),
        check('other', 'silver', 'fail'),
        check('runbook', 'gold', 'fail'),
      ]),
      spec({ tests: 'PT4H', owners: 'PT10M', other: undefined }),
    );
    expect(path?.target).toEqual({ id: 'silver', title: 'Silver' });
    expect(path?.steps.map(step => step.check.id)).toEqual([
      'owners',
      'tests',
      'other',
    ]);
    expect(path).toMatchObject({
      effortMillis: (4 * 60 + 10) * 60_000,
      unestimated: 1,
    });
  });

  it('puts what weighs more before what is as cheap', () => {
    const path = pathOf(
      score(null, [
        check('light', 'bronze', 'fail'),
        check('heavy', 'bronze', 'fail', { weight: 3 }),
      ]),
      spec({ light: 'PT1H', heavy: 'PT60M' }),
    );
    expect(path?.steps.map(step => step.check.id)).toEqual(['heavy', 'light']);
  });

  it('goes past a level that asks for nothing', () => {
    expect(
      pathOf(
        score('bronze', [
          check('a', 'bronze', 'pass'),
          check('b', 'silver', 'notApplicable'),
          check('c', 'gold', 'unknown'),
        ]),
        spec(),
      )?.target.id,
    ).toBe('gold');
  });

  it('has an end', () => {
    expect(
      pathOf(score('gold', [check('a', 'gold', 'warn')]), spec()),
    ).toBeUndefined();
  });
});

describe('the ladder', () => {
  it('shows what is earned, what comes next and what is open', () => {
    const rungs = ladderOf(
      score('bronze', [
        check('a', 'bronze', 'pass'),
        check('b', 'silver', 'fail'),
        check('c', 'gold', 'fail'),
      ]),
      spec(),
    );
    expect(rungs.map(({ title, state }) => [title, state])).toEqual([
      ['Bronze', 'earned'],
      ['Silver', 'next'],
      ['Gold', 'open'],
    ]);
  });

  it('keeps the levels of a definition that is gone', () => {
    expect(
      ladderOf(
        score('platinum', [check('a', 'platinum', 'pass')], 'Platinum'),
        spec(),
      ).map(({ title, state }) => [title, state]),
    ).toContainEqual(['Platinum', 'earned']);
    expect(ladderOf(score('x', [], 'X'), null)).toMatchObject([
      { id: 'x', title: 'X' },
    ]);
  });
});

describe('a check', () => {
  it.each([
    ['fails', check('a', 'b', 'fail'), true],
    ['is unknown', check('a', 'b', 'unknown'), true],
    [
      'is held as failed',
      check('a', 'b', 'unknown', { underlying: 'fail', held: true }),
      true,
    ],
    [
      'is held as passed',
      check('a', 'b', 'unknown', { underlying: 'pass', held: true }),
      false,
    ],
    ['is exempt', check('a', 'b', 'exempt', { underlying: 'fail' }), false],
    [
      'counts later',
      check('a', 'b', 'upcoming', { underlying: 'fail' }),
      false,
    ],
    ['warns', check('a', 'b', 'warn'), false],
  ])('that %s', (_, one, expected) => {
    expect(isMissing(one)).toBe(expected);
  });

  it('that is exempt is a debt', () => {
    expect(
      debtOf({
        checks: [check('a', 'b', 'exempt'), check('c', 'b', 'fail')],
      }),
    ).toBe(1);
  });
});
