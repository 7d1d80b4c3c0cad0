import { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/frontend-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { CatalogProblem } from '@waymark/waymark-common';
import { problemsApiRef } from '../../problems/ProblemsApi';
import { NeedsAttention } from './NeedsAttention';

function service(name: string, owner: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: `group:default/${owner}` }],
  };
}

/** A catalog that answers the ownership part of a predicate, which the mock of the catalog package cannot. */
function catalogOf(entities: Entity[]) {
  const catalogApi = catalogApiMock({ entities });
  catalogApi.queryEntities = async request => {
    const { query } = request as {
      query: { $all: [unknown, { 'relations.ownedBy': { $in: string[] } }] };
    };
    const owners = query.$all[1]['relations.ownedBy'].$in;
    const items = entities.filter(entity =>
      entity.relations?.some(({ targetRef }) => owners.includes(targetRef)),
    );
    return { items, totalItems: items.length, pageInfo: {} };
  };
  return catalogApi;
}

function renderWidget(
  catalogApi: typeof catalogApiRef.T,
  problems: CatalogProblem[] = [],
) {
  renderInTestApp(
    <QueryClientProvider
      client={
        new QueryClient({ defaultOptions: { queries: { retry: false } } })
      }
    >
      <NeedsAttention />
    </QueryClientProvider>,
    {
      apis: [
        [catalogApiRef, catalogApi],
        [problemsApiRef, { list: async () => problems }],
        [
          identityApiRef,
          mockApis.identity({
            userEntityRef: 'user:default/mina',
            ownershipEntityRefs: [
              'user:default/mina',
              'group:default/checkout',
            ],
          }),
        ],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}

describe('Needs attention', () => {
  it('lists what is missing in my things, not in those of others, and says what to add', async () => {
    renderWidget(
      catalogOf([service('mine', 'checkout'), service('theirs', 'ledger')]),
    );

    expect(await screen.findByText('no runbook')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'mine' })).toBeInTheDocument();
    expect(screen.queryByText('theirs')).not.toBeInTheDocument();
    expect(screen.getByText('1 of 1 you own')).toBeInTheDocument();
    expect(screen.getByText(/Add waymark.dev\/runbook/)).toBeInTheDocument();
  });

  it('names the broken files of mine, and leads to them', async () => {
    const file = (name: string, owner: string): CatalogProblem => ({
      entityRef: `location:default/${name}`,
      location: `url:https://forge.example/acme/${name}/blob/main/catalog-info.yaml`,
      errors: [{ name: 'Error', message: `${name} is no YAML` }],
      lastGood: true,
      since: '2026-11-22T10:00:00.000Z',
      affected: [{ entityRef: `component:default/${name}`, owner }],
    });
    renderWidget(catalogOf([]), [
      file('mine', 'group:default/checkout'),
      file('theirs', 'group:default/ledger'),
    ]);

    expect(
      await screen.findByRole('link', { name: 'acme/mine/catalog-info.yaml' }),
    ).toHaveAttribute('href', '/catalog-problems?owner=mine');
    expect(screen.getByText('mine is no YAML')).toBeInTheDocument();
    expect(screen.queryByText('theirs is no YAML')).not.toBeInTheDocument();
    expect(screen.queryByText(/You own nothing yet/)).not.toBeInTheDocument();
  });

  it('tells somebody who owns nothing how a thing becomes theirs', async () => {
    renderWidget(catalogOf([service('theirs', 'ledger')]));
    expect(await screen.findByText(/You own nothing yet/)).toBeInTheDocument();
  });

  it('says why it failed and tries again when asked', async () => {
    const catalogApi = catalogOf([service('mine', 'checkout')]);
    const queryEntities = catalogApi.queryEntities.bind(catalogApi);
    catalogApi.queryEntities = jest
      .fn()
      .mockRejectedValueOnce(new Error('The catalog is asleep'))
      .mockImplementation(queryEntities);
    renderWidget(catalogApi);

    expect(
      await screen.findByText('The catalog is asleep'),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('no runbook')).toBeInTheDocument();
  });
});
