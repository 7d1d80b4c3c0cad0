import { EntityScores, LadderSpec } from '@waymark/scorecards-common';
import { scoresOf } from '../__testUtils__/mine';
import { quality } from '../__testUtils__/scorecards';
import { mineOf } from './mine';

const OPEN = { readme: 'fail', tests: 'fail' } as const;
const DONE = { readme: 'pass', tests: 'pass' } as const;
const specs = new Map<string, LadderSpec | null>([['quality', quality.spec!]]);

/** What several scorecards say of a component: level and points of each. */
function several(
  name: string,
  ...of: [level: 'gold' | 'bronze' | null, points: number | null][]
): EntityScores {
  const { scorecards, ...scores } = scoresOf(name, null, OPEN);
  return {
    ...scores,
    scorecards: of.map(([level, points], index) => ({
      ...scorecards[0],
      scorecard: `quality-${index}`,
      rated: points !== null,
      level,
      points,
    })),
  };
}

const namesOf = (...scores: EntityScores[]) =>
  mineOf(scores, [], specs).map(({ entityRef }) => entityRef.split('/')[1]);

describe('what I own', () => {
  it('begins with what has no level most often, then with what has fewest points', () => {
    expect(
      namesOf(
        several('fair', ['bronze', 0.9], ['bronze', 0.8]),
        several('worst', [null, 0.9], [null, 0.8]),
        several('poor', ['bronze', 0.1], ['bronze', 0.8]),
        several('bad', ['bronze', 0.9], [null, 0.9]),
        several('b', ['bronze', 0.9], ['bronze', 0.9]),
        several('a', ['bronze', 0.9], ['bronze', 0.9]),
      ),
    ).toEqual(['worst', 'bad', 'poor', 'fair', 'a', 'b']);
  });

  it('takes what nobody knows neither for no level nor for no points', () => {
    expect(
      namesOf(
        several('unknown', [null, null], ['bronze', 0.9]),
        several('none', [null, 0.9], ['bronze', 0.9]),
        several('poor', ['bronze', 0.4], ['bronze', 0.9]),
      ),
    ).toEqual(['none', 'poor', 'unknown']);
  });

  it('has what is done after what has something to do', () => {
    expect(
      namesOf(scoresOf('done', null, DONE), scoresOf('todo', 'bronze', OPEN)),
    ).toEqual(['todo', 'done']);
  });

  it('has the whole way that the cheapest step begins', () => {
    const spec = quality.spec!;
    const efforts = { readme: 'PT10M', tests: 'PT25M' };
    const checks = spec.checks.map(check => ({
      ...check,
      level: 'bronze',
      fix: { effort: efforts[check.id as keyof typeof efforts] },
    }));
    const { scorecards, ...scores } = scoresOf('api', null, OPEN);
    const [row] = mineOf(
      [
        {
          ...scores,
          scorecards: scorecards.map(score => ({
            ...score,
            checks: score.checks.map(one => ({ ...one, level: 'bronze' })),
          })),
        },
      ],
      [],
      new Map([['quality', { ...spec, checks }]]),
    );
    expect(row.next).toMatchObject({
      scorecard: 'quality',
      path: {
        target: { id: 'bronze' },
        steps: [{ effort: 'PT10M' }, { effort: 'PT25M' }],
        effortMillis: 35 * 60_000,
        unestimated: 0,
      },
    });
  });
});
