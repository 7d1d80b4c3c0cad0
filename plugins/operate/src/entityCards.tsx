import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

/** Shown for what runs: libraries are not operated. */
export const operateCard = EntityCardBlueprint.make({
  name: 'operate',
  params: {
    type: 'content',
    filter: {
      $any: [
        {
          $all: [
            { kind: 'component' },
            { $not: { 'spec.type': { $in: ['library', 'documentation'] } } },
          ],
        },
        { kind: 'resource' },
      ],
    },
    loader: async () => {
      const { EntityOperateCard } = await import('./components/OperateCard');
      return <EntityOperateCard />;
    },
  },
});
