import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { screen } from '@testing-library/react';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { CollectorsPage } from './CollectorsPage';

// In a file of its own: what was allowed once is remembered.
it('asks nothing and says why where one may not see how collectors fare', async () => {
  const listCollectors = jest.fn();
  renderInTestApp(
    <QueryClientProvider client={new QueryClient()}>
      <CollectorsPage />
    </QueryClientProvider>,
    {
      apis: [
        [scorecardsApiRef, { listCollectors }],
        [
          permissionApiRef,
          mockApis.permission({ authorize: AuthorizeResult.DENY }),
        ],
      ],
    },
  );
  expect(
    await screen.findByText(/platform, security and audit teams/),
  ).toBeVisible();
  expect(listCollectors).not.toHaveBeenCalled();
});
