import { HomePageWidgetBlueprint } from '@backstage/plugin-home-react/alpha';
import { ComponentType } from 'react';

export const myScores = HomePageWidgetBlueprint.make({
  name: 'my-scores',
  params: {
    name: 'MyScores',
    title: 'Scorecards of what you own',
    description: 'Levels, what dropped, and the cheapest next step of each',
    // It draws its own card.
    componentProps: {
      Renderer: ({ Content }: { Content: ComponentType }) => <Content />,
    },
    components: async () => ({
      Content: (await import('./MyScores')).MyScores,
    }),
  },
});
