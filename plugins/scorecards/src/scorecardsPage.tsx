import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { RiMedalLine } from '@remixicon/react';
import { z } from 'zod';
import { rootRouteRef } from './routes';

/** Every page of the scorecards, below one address. */
export const scorecardsPage = PageBlueprint.makeWithOverrides({
  configSchema: {
    securityScorecard: z
      .string()
      .default('security-baseline')
      .describe('Name of the scorecard that the security view shows.'),
  },
  factory(originalFactory, { config }) {
    return originalFactory({
      path: '/scorecards',
      routeRef: rootRouteRef,
      title: 'Scorecards',
      icon: <RiMedalLine />,
      loader: async () => {
        const { ScorecardsPages } = await import('./pages/ScorecardsPages');
        return <ScorecardsPages securityScorecard={config.securityScorecard} />;
      },
    });
  },
});
