import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CatalogProblem } from '@waymark/waymark-common';
import { ProblemsApi, problemsApiRef } from '../ProblemsApi';
import { ProblemsPage } from './ProblemsPage';

function problem(name: string, owner: string): CatalogProblem {
  return {
    entityRef: `location:default/${name}`,
    location: `url:https://forge.example/acme/${name}/blob/main/catalog-info.yaml`,
    errors: [{ name: 'InputError', message: `${name} defines a Group` }],
    lastGood: true,
    since: '2026-11-22T10:00:00.000Z',
    affected: [{ entityRef: `component:default/${name}`, owner }],
  };
}

function render(list: ProblemsApi['list'], path = '/catalog-problems') {
  const catalogApi = catalogApiMock({ entities: [] });
  catalogApi.queryEntities = async () => ({
    items: [],
    totalItems: 0,
    pageInfo: {},
  });
  renderInTestApp(<ProblemsPage />, {
    apis: [
      [problemsApiRef, { list }],
      [catalogApiRef, catalogApi],
      [
        identityApiRef,
        mockApis.identity({
          userEntityRef: 'user:default/mina',
          ownershipEntityRefs: ['user:default/mina', 'group:default/checkout'],
        }),
      ],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    initialRouteEntries: [path],
  });
}

const both = async () => [
  problem('mine', 'group:default/checkout'),
  problem('theirs', 'group:default/ledger'),
];

describe('the page of problems', () => {
  it('names file, reason, time, and what is shown meanwhile', async () => {
    render(async () => [problem('mine', 'group:default/checkout')]);

    expect(
      await screen.findByRole('link', {
        name: /acme\/mine\/catalog-info.yaml/,
      }),
    ).toHaveAttribute(
      'href',
      'https://forge.example/acme/mine/blob/main/catalog-info.yaml',
    );
    expect(screen.getByText('mine defines a Group')).toBeInTheDocument();
    expect(screen.getByText(/2026/)).toHaveAttribute(
      'datetime',
      '2026-11-22T10:00:00.000Z',
    );
    expect(screen.getByRole('link', { name: /^mine$/ })).toHaveAttribute(
      'href',
      '/catalog/default/component/mine',
    );
  });

  it('takes its filter from the address, and gives it up when asked', async () => {
    render(both, '/catalog-problems?owner=mine&text=nothing');
    expect(
      await screen.findByText('No problem matches this filter.'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(await screen.findByText('theirs defines a Group')).toBeVisible();
    await userEvent.type(screen.getByRole('searchbox'), 'mine');
    await waitFor(() =>
      expect(screen.queryByText('theirs defines a Group')).toBeNull(),
    );
    expect(screen.getByText('mine defines a Group')).toBeVisible();
  });

  it('says so when all is well', async () => {
    render(async () => []);
    expect(
      await screen.findByText(/catalog can read every file/),
    ).toBeInTheDocument();
  });

  it('says why it failed and tries again when asked', async () => {
    render(
      jest
        .fn<Promise<CatalogProblem[]>, []>()
        .mockRejectedValueOnce(new Error('The catalog is asleep'))
        .mockRejectedValueOnce(new Error('The catalog is asleep'))
        .mockResolvedValue([]),
    );
    expect(
      await screen.findByText('The catalog is asleep'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(
      await screen.findByText(/catalog can read every file/),
    ).toBeInTheDocument();
  });
});
