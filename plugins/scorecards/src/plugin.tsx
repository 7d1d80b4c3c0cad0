import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiMedalLine } from '@remixicon/react';
import { adoptionCard } from './adoption';
import { scorecardsApi } from './apis';
import { scoresCard, scoresContent, templateRouteRef } from './entity';
import { exemptionsApi } from './exemptions/extensions';
import { myScores } from './home';
import { labApi } from './lab/api/extension';
import { rootRouteRef } from './routes';
import { scorecardsPage } from './scorecardsPage';

/** Scorecards: whether definitions are in force. @public */
export const scorecardsPlugin = createFrontendPlugin({
  pluginId: 'scorecards',
  title: 'Scorecards',
  icon: <RiMedalLine />,
  routes: { root: rootRouteRef },
  externalRoutes: { template: templateRouteRef },
  extensions: [
    scorecardsApi,
    exemptionsApi,
    labApi,
    scorecardsPage,
    adoptionCard,
    scoresContent,
    myScores,
    scoresCard,
  ],
});
