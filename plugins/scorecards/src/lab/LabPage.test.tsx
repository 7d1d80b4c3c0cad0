import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { permissionApiRef } from '@backstage/plugin-permission-react';
import { screen } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { scorecardsApiRef } from '../api/ScorecardsApi';
import { ScorecardsPages } from '../pages/ScorecardsPages';
import { rootRouteRef } from '../routes';
import { LabApi, labApiRef } from './api/LabApi';

// What is permitted is kept for the whole file, so this has one of its own.
it('refuses who may not try out scorecards, and says whom to ask', async () => {
  const lab: Partial<LabApi> = { ask: jest.fn() };
  renderInTestApp(
    <Routes>
      <Route
        path="/scorecards/*"
        element={<ScorecardsPages securityScorecard="quality" />}
      />
    </Routes>,
    {
      initialRouteEntries: ['/scorecards/lab?scorecard=quality'],
      apis: [
        [scorecardsApiRef, {}],
        [labApiRef, lab],
        [
          permissionApiRef,
          mockApis.permission({ authorize: AuthorizeResult.DENY }),
        ],
      ],
      mountedRoutes: { '/scorecards': rootRouteRef },
    },
  );
  expect(
    await screen.findByText('You may not try out scorecards'),
  ).toBeVisible();
  expect(screen.getByText(/Ask the owner of the scorecard/)).toBeVisible();
  expect(screen.queryByRole('link', { name: 'Rule lab' })).toBeNull();
  expect(screen.queryByRole('textbox')).toBeNull();
  expect(lab.ask).not.toHaveBeenCalled();
});
