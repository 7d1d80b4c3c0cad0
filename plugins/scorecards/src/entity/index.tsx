import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { ENTITY_TAB_PATH } from '../routes';
import { isScored } from './isScored';

export { templateRouteRef } from './FixSection';

export const scoresContent = EntityContentBlueprint.make({
  name: 'scores',
  params: {
    path: `/${ENTITY_TAB_PATH}`,
    title: 'Scorecards',
    filter: isScored,
    loader: async () => {
      const { EntityScores } = await import('./EntityScores');
      return <EntityScores as="tab" />;
    },
  },
});

export const scoresCard = EntityCardBlueprint.make({
  name: 'scores',
  params: {
    type: 'content',
    filter: isScored,
    loader: async () => {
      const { EntityScores } = await import('./EntityScores');
      return <EntityScores as="card" />;
    },
  },
});
