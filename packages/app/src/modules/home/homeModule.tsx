import { createFrontendModule } from '@backstage/frontend-plugin-api';
import homePlugin from '@backstage/plugin-home/alpha';
import {
  HomePageLayoutBlueprint,
  HomePageWidgetBlueprint,
} from '@backstage/plugin-home-react/alpha';
import { BareWidget } from './components/Widget';

const page = homePlugin.getExtension('page:home').override({
  factory: (originalFactory, { config }) =>
    originalFactory({ config: { ...config, path: config.path ?? '/' } }),
});

const layout = HomePageLayoutBlueprint.make({
  params: {
    loader: async () => (await import('./components/HomeLayout')).HomeLayout,
  },
});

const needsAttention = HomePageWidgetBlueprint.make({
  name: 'needs-attention',
  params: {
    name: 'NeedsAttention',
    title: 'Needs attention',
    description: 'What is wrong or missing in the things you own',
    componentProps: { Renderer: BareWidget },
    components: async () => ({
      Content: (await import('./components/NeedsAttention')).NeedsAttention,
    }),
  },
});

const owned = HomePageWidgetBlueprint.make({
  name: 'owned',
  params: {
    name: 'Owned',
    title: 'Owned by you and your teams',
    description: 'The components, APIs, resources and systems you own',
    componentProps: { Renderer: BareWidget },
    components: async () => ({
      Content: (await import('./components/Owned')).Owned,
    }),
  },
});

const starred = HomePageWidgetBlueprint.make({
  name: 'starred',
  params: {
    name: 'Starred',
    title: 'Starred',
    description: 'Entities you have starred',
    componentProps: { Renderer: BareWidget },
    components: async () => ({
      Content: (await import('./components/Starred')).Starred,
    }),
  },
});

const recent = HomePageWidgetBlueprint.make({
  name: 'recent',
  params: {
    name: 'Recent',
    title: 'Recently visited',
    description: 'Entities whose pages you have opened lately',
    componentProps: { Renderer: BareWidget },
    components: async () => ({
      Content: (await import('./components/Recent')).Recent,
    }),
  },
});

// Widgets whose place others have taken, and those that have no use here.
const unused = [
  homePlugin.getExtension('home-page-widget:home/starred-entities'),
  homePlugin.getExtension('home-page-widget:home/recently-visited'),
  homePlugin.getExtension('home-page-widget:home/most-visited'),
  homePlugin.getExtension('home-page-widget:home/random-joke'),
  homePlugin.getExtension('home-page-widget:home/toolkit'),
  homePlugin.getExtension('home-page-widget:home/world-clock'),
].map(extension => extension.override({ disabled: true }));

/** The home page at `/`: what needs attention first, then what is mine, then what I have seen. */
export const homeModule = createFrontendModule({
  pluginId: 'home',
  extensions: [
    page,
    layout,
    needsAttention,
    owned,
    starred,
    recent,
    homePlugin.getExtension('api:home/visits').override({ disabled: false }),
    homePlugin
      .getExtension('app-root-element:home/visit-listener')
      .override({ disabled: false }),
    ...unused,
  ],
});
