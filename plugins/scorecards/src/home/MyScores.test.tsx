import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { apisOf, scoresOf } from '../__testUtils__/mine';
import { quality } from '../__testUtils__/scorecards';
import { rootRouteRef } from '../routes';
import { MyScores } from './MyScores';

const STEADY = { readme: 'pass', tests: 'pass' } as const;
const OPEN = { readme: 'pass', tests: 'fail' } as const;

function render(...given: Parameters<typeof apisOf>) {
  return renderInTestApp(<MyScores />, {
    apis: apisOf(...given),
    mountedRoutes: {
      '/scorecards': rootRouteRef,
      '/catalog/:namespace/:kind/:name': entityRouteRef,
    },
  });
}

const rows = async () =>
  within(
    await screen.findByRole('region', { name: 'Scorecards of what you own' }),
  ).findAllByRole('listitem');

describe('the scorecards of what one owns, on the home page', () => {
  it('begin with what has dropped, then what has a next step, which opens its check', async () => {
    render(
      [
        scoresOf('done', 'gold', STEADY),
        scoresOf('open', 'bronze', OPEN),
        scoresOf('fallen', 'bronze', OPEN),
      ],
      [scoresOf('fallen', 'gold', STEADY), scoresOf('open', 'bronze', OPEN)],
    );
    const [fallen, open, done] = await rows();
    expect(fallen).toHaveTextContent('Quality dropped: Gold → Bronze');
    expect(open).not.toHaveTextContent('dropped');
    expect(open).toHaveTextContent(
      'Next: It has tests, the only step to Gold of Quality',
    );
    expect(
      within(open).getByRole('link', { name: 'Next: It has tests' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/open/scorecards?scorecard=quality&check=tests',
    );
    expect(done).toHaveTextContent('Nothing is missing');
    expect(screen.getByRole('link', { name: 'What changed' })).toHaveAttribute(
      'href',
      '/scorecards/views/changes',
    );
  });

  it('say how much the next step leaves to be done', async () => {
    const listed = (fixes: Record<string, string>) => ({
      listScorecards: async () => ({
        items: [
          {
            ...quality,
            spec: {
              ...quality.spec!,
              checks: quality.spec!.checks.map(check => ({
                ...check,
                fix: fixes[check.id] ? { effort: fixes[check.id] } : undefined,
              })),
            },
          },
        ],
      }),
    });
    const { scorecards, ...scores } = scoresOf('open', null, {
      readme: 'fail',
      tests: 'fail',
    });
    const open = {
      ...scores,
      scorecards: scorecards.map(score => ({
        ...score,
        checks: score.checks.map(check => ({ ...check, level: 'bronze' })),
      })),
    };
    for (const [fixes, said] of [
      [
        { readme: 'PT10M', tests: 'PT25M' },
        'Next: It has a README (10 minutes), the first of 2 steps (35 minutes) to Bronze of Quality',
      ],
      [
        { readme: 'PT10M' },
        'Next: It has a README (10 minutes), the first of 2 steps (at least 10 minutes) to Bronze of Quality',
      ],
      [{}, 'Next: It has a README, the first of 2 steps to Bronze of Quality'],
    ] as const) {
      const { unmount } = render([open], [open], listed(fixes));
      const [row] = await rows();
      expect(row).toHaveTextContent(said);
      unmount();
    }
  });

  it('do not drop when a level below theirs is taken out of the scorecard', async () => {
    const [{ scorecards, ...silver }] = [scoresOf('kept', 'gold', STEADY)];
    const was = { ...silver, scorecards: [{ ...scorecards[0], rank: 2 }] };
    render([{ ...silver, scorecards }], [was]);
    const [kept] = await rows();
    expect(kept).not.toHaveTextContent('dropped');
  });

  it('say what was excused of them, and when the first of it counts again', async () => {
    const { scorecards, ...excused } = scoresOf('excused', 'bronze', OPEN);
    const debts = ['2026-05-30', '2026-04-30'].map((day, index) => ({
      ...scorecards[0],
      scorecard: `quality-${index}`,
      debt: { active: index + 1, nextExpiry: `${day}T12:00:00.000Z` },
    }));
    render([{ ...excused, scorecards: debts }], []);
    const [row] = await rows();
    expect(row).toHaveTextContent(
      '3 exemptionsfirst counts again on Apr 30, 2026',
    );
  });

  it('say so where they are not all that one owns', async () => {
    render([scoresOf('one', 'gold', STEADY)], [], {}, 201);
    expect(
      await screen.findByText(
        'Of 201 entities that you own, these are of the first 1 by name.',
      ),
    ).toBeVisible();
  });

  it('are folded to the first few until all are asked for', async () => {
    const many = Array.from({ length: 7 }, (_, n) =>
      scoresOf(`part-${n}`, 'bronze', OPEN),
    );
    render(many, many);
    expect(await rows()).toHaveLength(5);
    await userEvent.click(screen.getByRole('button', { name: 'Show all 7' }));
    expect(await rows()).toHaveLength(7);
  });

  it('say that there are none', async () => {
    render([], []);
    expect(
      await screen.findByText('No scorecard asks anything of what you own.'),
    ).toBeVisible();
  });
});
