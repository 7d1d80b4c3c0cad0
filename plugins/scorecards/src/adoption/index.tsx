import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';

export const adoptionCard = EntityCardBlueprint.make({
  name: 'adoption',
  params: {
    type: 'content',
    filter: { kind: { $in: ['Scorecard', 'FactSource'] } },
    loader: async () => {
      const { EntityAdoptionCard } = await import('./EntityAdoptionCard');
      return <EntityAdoptionCard />;
    },
  },
});
