import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isOperated } from './isOperated';

export const operateCard = EntityCardBlueprint.make({
  name: 'operate',
  params: {
    type: 'content',
    filter: isOperated,
    loader: async () => {
      const { EntityOperateCard } = await import('./components/OperateCard');
      return <EntityOperateCard />;
    },
  },
});
