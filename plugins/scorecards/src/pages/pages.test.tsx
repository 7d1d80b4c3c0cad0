import { Entity } from '@backstage/catalog-model';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Route, Routes, useLocation } from 'react-router-dom';
import {
  NOW,
  quality,
  resultRow,
  rollupOf,
  rollupRow,
} from '../__testUtils__/scorecards';
import { ScorecardsApi, scorecardsApiRef } from '../api/ScorecardsApi';
import { rootRouteRef } from '../routes';
import { ScorecardsPages } from './ScorecardsPages';

const group = (name: string, parent?: string): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name, namespace: 'default' },
  spec: { type: 'team', children: [] },
  relations: parent
    ? [{ type: 'childOf', targetRef: `group:default/${parent}` }]
    : [],
});

const trend = {
  scorecard: 'quality',
  by: null,
  key: null,
  from: '2026-01-01T00:00:00.000Z',
  to: NOW,
  items: [{ at: NOW, ...rollupRow(null) }],
  definitions: [],
};
const nobody = { up: [], down: [] };

function fake(api: Partial<ScorecardsApi> = {}): Partial<ScorecardsApi> {
  return {
    listScorecards: async () => ({ items: [quality] }),
    getScorecard: async () => quality,
    getTotal: async () => ({ asOf: NOW, total: rollupRow(null) }),
    getRollup: async () =>
      rollupOf(
        rollupRow('group:default/cards'),
        rollupRow('group:default/payments'),
      ),
    getTrend: async () => trend,
    getMovers: async () => ({
      scorecard: null,
      since: NOW,
      asOf: NOW,
      entities: nobody,
      owners: nobody,
    }),
    listResults: async () => ({
      items: [resultRow('wallet', { readme: 'pass', tests: 'fail' })],
    }),
    ...api,
  };
}

function Where() {
  const { pathname, search } = useLocation();
  return <output data-testid="where">{pathname + search}</output>;
}
const where = () => screen.getByTestId('where').textContent;

function render(path: string, api: Partial<ScorecardsApi>) {
  renderInTestApp(
    <>
      <Where />
      <Routes>
        <Route
          path="/scorecards/*"
          element={<ScorecardsPages securityScorecard="quality" />}
        />
        <Route path="*" element={<p>Elsewhere</p>} />
      </Routes>
    </>,
    {
      initialRouteEntries: [path],
      apis: [
        [scorecardsApiRef, api],
        [
          catalogApiRef,
          catalogApiMock({
            entities: [group('payments'), group('cards', 'payments')],
          }),
        ],
        [permissionApiRef, mockApis.permission()],
      ],
      mountedRoutes: {
        '/scorecards': rootRouteRef,
        '/catalog/:namespace/:kind/:name': entityRouteRef,
      },
    },
  );
}

describe('the overview', () => {
  it('leads from every number to the entities behind it', async () => {
    render('/scorecards', fake());
    const card = await screen.findByRole('region', { name: 'Quality' });
    const table = await within(card).findByRole('table', {
      name: 'Entities of Quality by level',
    });
    expect(
      within(card).getByRole('link', { name: '1 exemption' }),
    ).toHaveAttribute('href', '/scorecards/quality?view=matrix');
    const [, gold, , none] = within(table).getAllByRole('row');
    expect(gold).toHaveTextContent('Gold133%');
    expect(within(none).getByRole('link')).toHaveAttribute(
      'href',
      '/scorecards/quality?view=entities&level=none',
    );
    await userEvent.click(
      within(gold).getByRole('link', { name: '1 entity: Gold' }),
    );
    expect(where()).toBe('/scorecards/quality?view=entities&level=gold');
  });

  it('says what is wrong with a definition, and shows what stays in force', async () => {
    render(
      '/scorecards',
      fake({
        listScorecards: async () => ({
          items: [
            {
              ...quality,
              status: 'rejected',
              problems: [
                { path: 'spec.checks[0].rule', reason: 'no such fact' },
              ],
            },
            {
              ...quality,
              name: 'never',
              title: 'Never good',
              status: 'rejected',
              inForce: null,
              spec: null,
            },
          ],
        }),
      }),
    );
    const kept = await screen.findByRole('region', { name: 'Quality' });
    expect(kept).toHaveTextContent('spec.checks[0].rule: no such fact');
    expect(kept).toHaveTextContent('last good version stays in force');
    expect(await within(kept).findByRole('table')).toBeVisible();
    const never = screen.getByRole('region', { name: 'Never good' });
    expect(never).toHaveTextContent('nothing is measured by it');
    expect(within(never).queryByRole('table')).toBeNull();
  });

  it.each([
    ['marks what was replayed for a demonstration', '2026-01-02', true],
    ['marks nothing that was lived through', '2026-01-01', false],
  ])('%s', async (_, until, isMarked) => {
    const demo = {
      from: '2025-01-01T00:00:00.000Z',
      until: `${until}T00:00:00.000Z`,
    };
    render(
      '/scorecards',
      fake({ listScorecards: async () => ({ items: [quality], demo }) }),
    );
    const card = await screen.findByRole('region', { name: 'Quality' });
    const label = await within(card).findByText(/^Mean points since/);
    expect(within(label).queryAllByText('Demo data')).toHaveLength(
      isMarked ? 1 : 0,
    );
  });

  it('says what to do where there is none, and tries again where it failed', async () => {
    const listScorecards = jest
      .fn<ReturnType<ScorecardsApi['listScorecards']>, []>()
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockRejectedValueOnce(new Error('The backend is asleep'))
      .mockResolvedValue({ items: [] });
    render('/scorecards', fake({ listScorecards }));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The backend is asleep',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(/by a pull request to catalog\/scorecards/),
    ).toBeVisible();
  });
});

describe('the page of a scorecard', () => {
  it('shows how it has gone within a year where that is asked, and says so in the address', async () => {
    const getTrend = jest.fn<ReturnType<ScorecardsApi['getTrend']>, unknown[]>(
      async () => trend,
    );
    render(
      '/scorecards/quality?asOf=2026-03-09T22:00:00.000Z',
      fake({ getTrend }),
    );
    await userEvent.click(await screen.findByRole('radio', { name: 'A year' }));
    await waitFor(() => expect(getTrend).toHaveBeenCalledTimes(2));
    expect(getTrend.mock.calls.map(([, query]) => query)).toEqual([
      { to: '2026-03-09T22:00:00.000Z' },
      { from: '2025-03-09T22:00:00.000Z', to: '2026-03-09T22:00:00.000Z' },
    ]);
    expect(where()).toMatch(/span=year$/);
  });

  it('opens the entities of a cell of the heat map, and begins there', async () => {
    const listResults = jest.fn(fake().listResults!);
    render('/scorecards/quality', fake({ listResults }));
    const map = await screen.findByRole('table', {
      name: 'Share of passing entities by Owner and check',
    });
    const names = within(map)
      .getAllByRole('rowheader')
      .map(header => header.textContent);
    expect(names.map(name => name?.replace(/3 entities$/, ''))).toEqual([
      'payments',
      'cards',
      'All together',
    ]);
    const [payments, cards] = within(map).getAllByRole('row').slice(1);
    expect(
      within(cards).getByRole('link', {
        name: 'It has tests: 2 Unknown, 1 Exempt',
      }),
    ).toBeVisible();

    const toggle = within(payments).getByRole('button');
    expect(toggle).toHaveAttribute('aria-expanded', 'true');
    await userEvent.click(toggle);
    expect(cards).not.toBeInTheDocument();

    await userEvent.click(
      within(payments).getByRole('link', {
        name: 'It has a README: 67% pass (2 of 3)',
      }),
    );
    expect(where()).toBe(
      '/scorecards/quality?view=entities&owner=group%3Adefault%2Fpayments&check=readme',
    );
    expect(screen.getByRole('region', { name: 'Entities' })).toHaveFocus();
    expect(await screen.findByRole('link', { name: 'wallet' })).toHaveAttribute(
      'href',
      '/catalog/default/component/wallet/scorecards?scorecard=quality&check=readme',
    );
    expect(listResults.mock.calls[0].slice(0, 2)).toEqual([
      'quality',
      { owner: 'group:default/payments', check: 'readme' },
    ]);
  });

  it('reads all entities before it sorts them, and only so many where it need not', async () => {
    const pages = [
      [
        resultRow(
          'a',
          { readme: 'pass', tests: 'exempt' },
          {
            points: 0.5,
            debt: { active: 1, nextExpiry: '2026-04-30T12:00:00.000Z' },
          },
        ),
      ],
      [resultRow('b', { readme: 'fail', tests: 'fail' }, { points: 0 })],
    ];
    const listResults = jest.fn<
      ReturnType<ScorecardsApi['listResults']>,
      Parameters<ScorecardsApi['listResults']>
    >(async (_name, _filter, page) => {
      const index = Number(page?.cursor ?? 0);
      return {
        items: pages[index],
        ...(index === 0 && { cursor: '1' }),
      };
    });
    render('/scorecards/quality?view=entities', fake({ listResults }));
    const rows = async () => {
      const table = await screen.findByRole('table', {
        name: 'Entities of Quality',
      });
      return within(table)
        .getAllByRole('rowheader')
        .map(header => header.textContent);
    };
    expect(await rows()).toEqual(['a']);
    expect(
      screen.getByText('first counts again on Apr 30, 2026'),
    ).toBeVisible();
    expect(screen.getByRole('button', { name: 'Show more' })).toBeVisible();
    expect(listResults).toHaveBeenCalledTimes(1);

    await userEvent.click(screen.getByRole('button', { name: 'Points' }));
    expect(where()).toContain('sort=points');
    await waitFor(async () => expect(await rows()).toEqual(['b', 'a']));
    expect(
      screen.getByRole('columnheader', { name: 'Points' }),
    ).toHaveAttribute('aria-sort', 'ascending');
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('shows a past day, and says so', async () => {
    const asOf = '2026-03-01T22:59:59.999Z';
    const getTotal = jest.fn(fake().getTotal!);
    const getRollup = jest.fn(fake().getRollup!);
    render(`/scorecards/quality?asOf=${asOf}`, fake({ getTotal, getRollup }));
    expect(await screen.findByText(/As it was on .*2026/)).toBeVisible();
    const map = await screen.findByRole('table', { name: /Share of passing/ });
    // Of then nobody knows what was below what, and today's counts would not add up.
    expect(within(map).queryByRole('button')).not.toBeInTheDocument();
    expect(
      within(map)
        .getAllByRole('rowheader')
        .map(header => header.textContent?.replace(/3 entities$/, '')),
    ).toEqual(['cards', 'payments', 'All together']);
    expect(
      screen.getByText(/On a past day owners stand side by side/),
    ).toBeVisible();
    expect(getTotal.mock.calls[0][1]).toEqual({ asOf });
    expect(getRollup.mock.calls[0][1]).toEqual({ by: 'owner', asOf });
    expect(
      screen.getByRole('link', { name: '1 entity: Gold' }).getAttribute('href'),
    ).toContain(`asOf=${encodeURIComponent(asOf)}`);
    await userEvent.click(
      screen.getByRole('button', { name: 'Back to today' }),
    );
    expect(where()).toBe('/scorecards/quality');
  });
});

describe('the security view', () => {
  it('begins with what is unknown or held, then what is exempt, and says each state', async () => {
    const held = resultRow('held', { readme: 'pass', tests: 'unknown' });
    held.checks[1] = { ...held.checks[1], underlying: 'pass', held: true };
    render(
      '/scorecards/views/security',
      fake({
        listResults: async () => ({
          items: [
            resultRow('fails', { readme: 'fail', tests: 'fail' }),
            resultRow('let-off', { readme: 'exempt', tests: 'pass' }),
            held,
          ],
        }),
      }),
    );
    const table = await screen.findByRole('table', {
      name: 'Entities of Quality by check',
    });
    expect(
      within(table)
        .getAllByRole('rowheader')
        .map(header => header.textContent),
    ).toEqual(['held', 'let-off', 'fails']);
    expect(
      within(table).getByRole('link', { name: 'Unknown (held: Pass)' }),
    ).toHaveAttribute(
      'href',
      '/catalog/default/component/held/scorecards?scorecard=quality&check=tests',
    );
    await userEvent.click(
      within(table).getByRole('button', { name: 'It has a README' }),
    );
    await waitFor(() =>
      expect(
        within(table)
          .getAllByRole('rowheader')
          .map(header => header.textContent),
      ).toEqual(['fails', 'let-off', 'held']),
    );
  });
});

describe('the health of the collectors', () => {
  const listCollectors = async () => [
    {
      id: 'git',
      sources: ['git'],
      entities: 22,
      failed: 2,
      overdue: 0,
      running: 1,
      lastRun: NOW,
      durationMillis: 1_230,
      next: null,
      error: 'acme/wallet: 404',
      outage: null,
    },
  ];

  it('says what is wrong and since when', async () => {
    render('/scorecards/views/collectors', fake({ listCollectors }));
    const row = (await screen.findByRole('rowheader', { name: 'git' })).closest(
      'tr',
    )!;
    expect(row).toHaveTextContent('In trouble');
    expect(row).toHaveTextContent('acme/wallet: 404');
    expect(row).toHaveTextContent('took 1.2 s');
    expect(row).toHaveTextContent('When something happens');
  });
});
