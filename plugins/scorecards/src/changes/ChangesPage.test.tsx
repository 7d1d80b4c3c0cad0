import { renderInTestApp } from '@backstage/frontend-test-utils';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useLocation } from 'react-router-dom';
import { apisOf, scoresOf } from '../__testUtils__/mine';
import { ChangesPage } from './ChangesPage';

const STEADY = { readme: 'pass', tests: 'pass' } as const;
const now = [
  scoresOf('wallet', 'bronze', { readme: 'pass', tests: 'fail' }),
  scoresOf('ledger', 'gold', STEADY),
];
const before = [
  scoresOf('wallet', 'gold', STEADY),
  scoresOf('ledger', 'gold', STEADY),
];

function Where() {
  return <output data-testid="where">{useLocation().search}</output>;
}

function render(...given: Parameters<typeof apisOf>) {
  renderInTestApp(
    <QueryClientProvider client={new QueryClient()}>
      <Where />
      <ChangesPage />
    </QueryClientProvider>,
    {
      apis: apisOf(...given),
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('what changed in what one owns', () => {
  it('tells the levels and the checks that moved, with their cause, and nothing of what did not', async () => {
    render(now, before);
    const moved = (await screen.findByText('Quality')).closest('li')!;
    expect(moved).toHaveTextContent(/Gold.*→.*Bronze/);
    expect(moved).toHaveTextContent('because a fact changed (git)');
    const checks = within(moved).getAllByRole('listitem');
    expect(checks).toHaveLength(1);
    expect(checks[0]).toHaveTextContent(/Pass.*→.*FailIt has tests/);
    expect(within(checks[0]).getByRole('link')).toHaveAttribute(
      'href',
      '/catalog/default/component/wallet/scorecards?scorecard=quality&check=tests',
    );
    expect(screen.queryByText(/ledger/)).toBeNull();
  });

  it('compares with the day that is chosen, and keeps it in the address', async () => {
    const asked: string[] = [];
    render(now, before, {
      queryScores: async (_, query) => {
        if (query?.asOf) asked.push(query.asOf);
        return query?.asOf ? before : now;
      },
    });
    await screen.findByText('Quality');
    await userEvent.click(screen.getByRole('button', { name: /A week ago/ }));
    await userEvent.click(
      await screen.findByRole('option', { name: 'A month ago' }),
    );
    await waitFor(() => expect(asked).toHaveLength(2));
    const [week, month] = asked.map(at => Date.parse(at));
    expect(Math.round((week - month) / (24 * 60 * 60_000))).toBe(23);
    expect(screen.getByTestId('where')).toHaveTextContent('?since=month');
  });

  it.each([
    ['nothing has changed', now, 'Nothing of yours has changed'],
    ['one owns nothing', [], 'You own nothing that scorecards are about'],
  ])('says so where %s', async (_, scores, says) => {
    render(scores, scores);
    expect(await screen.findByText(says)).toBeVisible();
  });

  it('says why it cannot be loaded, and tries again', async () => {
    let isAsleep = true;
    render(now, before, {
      queryScores: async (_, query) => {
        if (isAsleep) throw new Error('The backend is asleep');
        return query?.asOf ? before : now;
      },
    });
    expect(
      await screen.findByText('The backend is asleep', undefined, {
        timeout: 5_000,
      }),
    ).toBeVisible();
    isAsleep = false;
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Quality')).toBeVisible();
  });
});
