import { createFrontendPlugin } from '@backstage/frontend-plugin-api';
import { RiMedalLine } from '@remixicon/react';
import { adoptionCard } from './adoption';
import { scorecardsApi } from './apis';

/** Scorecards: whether definitions are in force. @public */
export const scorecardsPlugin = createFrontendPlugin({
  pluginId: 'scorecards',
  title: 'Scorecards',
  icon: <RiMedalLine />,
  extensions: [scorecardsApi, adoptionCard],
});
