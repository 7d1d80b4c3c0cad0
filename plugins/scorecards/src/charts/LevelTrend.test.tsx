import { renderInTestApp } from '@backstage/frontend-test-utils';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, within } from '@testing-library/react';
import { Trend } from '@waymark/scorecards-common';
import { quality, rollupRow } from '../__testUtils__/scorecards';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { LevelTrend } from './LevelTrend';

const on = (day: number) =>
  `2026-01-${String(day).padStart(2, '0')}T12:00:00.000Z`;
const point = (day: number, entities: number): Trend['items'][number] => {
  const { levels, unrated, points, confidence } = rollupRow(null);
  return { at: on(day), entities, levels, unrated, points, confidence };
};

function render(trend: Pick<Trend, 'items' | 'definitions'>) {
  renderInTestApp(
    <QueryClientProvider client={new QueryClient()}>
      <LevelTrend
        trend={{
          ...{ scorecard: 'quality', by: null, key: null },
          ...{ from: on(1), to: on(20), ...trend },
        }}
        spec={quality.spec}
      />
    </QueryClientProvider>,
    {
      apis: [
        [scorecardsApiRef, { listScorecards: async () => ({ items: [] }) }],
      ],
    },
  );
}

const rows = async () => {
  const table = await screen.findByRole('table', { hidden: true });
  return within(table)
    .getAllByRole('rowheader', { hidden: true })
    .map(({ textContent }) => textContent);
};

describe('the trend of levels', () => {
  it('begins with the scorecard, and tells which of its versions came later', async () => {
    render({
      items: [point(1, 0), point(8, 3), point(14, 3), point(20, 3)],
      definitions: [
        { at: on(5), hash: 'a' },
        { at: on(10), hash: 'b' },
      ],
    });
    expect(await rows()).toEqual([
      'Jan 8, 2026',
      'Jan 14, 2026',
      'Jan 20, 2026',
    ]);
    expect(
      screen.getByText(
        'The scorecard itself changed on Jan 10, 2026 (dashed).',
      ),
    ).toBeVisible();
  });

  it('tells the first version in sight where the scorecard is older', async () => {
    render({
      items: [point(1, 3), point(20, 3)],
      definitions: [{ at: on(10), hash: 'b' }],
    });
    expect(
      await screen.findByText(/itself changed on Jan 10, 2026/),
    ).toBeVisible();
  });
});
