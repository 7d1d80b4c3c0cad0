import { SidebarItem } from '@backstage/core-components';
import {
  NavContentBlueprint,
  NavContentComponentProps,
} from '@backstage/plugin-app-react';
import { CatalogItem } from './CatalogItem';
import { Navigation } from './Navigation';

/** Pages by what people come for. A page that is not installed leaves no gap; one that is not named goes to `more`. */
function NavContent(props: NavContentComponentProps) {
  const nav = props.navItems.withComponent(item =>
    item.node.spec.id === 'page:catalog' ? (
      <CatalogItem icon={item.icon} href={item.href} title={item.title} />
    ) : (
      <SidebarItem icon={() => item.icon} to={item.href} text={item.title} />
    ),
  );
  // Search opens as a dialog, and notifications show their count.
  nav.take('page:search');
  nav.take('page:notifications');
  // Reached from an entity, and the consent page from a client.
  nav.take('page:catalog-graph');
  nav.take('page:auth');
  const settings = nav.take('page:user-settings');

  return (
    <Navigation
      home={nav.take('page:home')}
      groups={[
        {
          title: 'Explore',
          items: [
            nav.take('page:catalog'),
            nav.take('page:api-docs'),
            nav.take('page:techdocs'),
          ],
          withMyGroups: true,
        },
        {
          title: 'Build',
          items: [nav.take('page:scaffolder')],
        },
        {
          title: 'Govern',
          items: [
            nav.take('page:scorecards'),
            nav.take('page:risk-engine'),
            nav.take('page:initiatives'),
            nav.take('page:insights'),
            nav.take('page:catalog/problems'),
          ],
        },
        { title: 'More', items: nav.rest({ sortBy: 'title' }) },
      ]}
      settings={settings}
    />
  );
}

export const navContent = NavContentBlueprint.make({
  params: { component: NavContent },
});
