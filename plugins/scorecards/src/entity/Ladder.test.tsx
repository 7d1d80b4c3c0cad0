import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { CheckScore, ladderOf } from '@waymark/scorecards-common';
import { scoresOf } from '../__testUtils__/mine';
import { Ladder } from './Ladder';

const LEVELS = ['bronze', 'silver', 'gold'];
const TITLES = ['Bronze', 'Silver', 'Gold'];

/** What the ladder says of each level, when it has checks of such states. */
async function said(
  level: string | null,
  ...states: (CheckScore['state'] | Partial<CheckScore>)[][]
): Promise<(string | null)[]> {
  const [score] = scoresOf('api', null, {
    readme: 'pass',
    tests: 'pass',
  }).scorecards;
  const [check] = score.checks;
  const checks = states.flatMap((ofLevel, at) =>
    ofLevel.map((state, index) => ({
      ...check,
      id: `${LEVELS[at]}-${index}`,
      level: LEVELS[at],
      ...(typeof state === 'string' ? { state } : state),
    })),
  );
  const rungs = ladderOf(
    {
      ...score,
      level,
      levelTitle: level && TITLES[LEVELS.indexOf(level)],
      checks,
    },
    {
      levels: LEVELS.map((id, at) => ({ id, title: TITLES[at] })),
    } as Parameters<typeof ladderOf>[1],
  );
  renderInTestApp(<Ladder rungs={rungs} label="Levels" />);
  await screen.findByRole('list', { name: 'Levels' });
  return screen.getAllByRole('listitem').map(item => item.textContent);
}

describe('the ladder', () => {
  it('counts as met what is met, and not what is exempt', async () => {
    expect(
      await said(
        'bronze',
        ['pass', 'exempt'],
        ['pass', 'fail', 'exempt', 'notApplicable'],
        ['pass', 'warn', 'exempt'],
      ),
    ).toEqual([
      'Bronzereached, 1 of 2 met, 1 exempt',
      'Silvernext, 1 of 3 met, 1 exempt',
      'Goldnot reached, 2 of 3 met, 1 exempt: Silver comes first',
    ]);
  });

  it('says that a level is not earned by exemptions', async () => {
    expect(
      await said('bronze', ['pass'], ['exempt', 'exempt'], ['upcoming']),
    ).toEqual([
      'Bronzereached, 1 of 1 met',
      'Silvernot reached, 0 of 2 met, 2 exempt: what is exempt earns no level',
      'Goldnot reached, asks nothing here',
    ]);
  });

  it('counts what is not known as it was when it was last known', async () => {
    const held = (underlying: 'pass' | 'fail' | 'notApplicable') =>
      ({ state: 'unknown', underlying, held: true } as const);
    expect(
      await said(
        null,
        [held('pass'), held('fail'), held('notApplicable')],
        [held('notApplicable')],
      ),
    ).toEqual([
      'Bronzenext, 1 of 2 met',
      'Silvernot reached, asks nothing here',
      'Goldnot reached, asks nothing here',
    ]);
  });

  it('leaves it at what is missing where that is why', async () => {
    expect(await said(null, ['fail'], ['pass', 'fail'], ['pass'])).toEqual([
      'Bronzenext, 0 of 1 met',
      'Silvernot reached, 1 of 2 met',
      'Goldnot reached, 1 of 1 met: Bronze comes first',
    ]);
  });
});
