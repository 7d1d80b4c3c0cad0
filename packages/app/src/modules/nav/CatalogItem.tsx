import { parseEntityRef } from '@backstage/catalog-model';
import { SidebarItem } from '@backstage/core-components';
import {
  IconElement,
  identityApiRef,
  useApi,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { useEffect, useState } from 'react';
import { useLocation } from 'react-router-dom';

/** The catalog, which is where one is on the page of any entity but one's own team: that has an item of its own. */
export function CatalogItem(props: {
  icon: IconElement;
  href: string;
  title: string;
}) {
  const isAtMyTeam = useIsAtMyTeam();
  return (
    <SidebarItem
      icon={() => props.icon}
      to={props.href}
      text={props.title}
      end={isAtMyTeam}
    />
  );
}

function useIsAtMyTeam(): boolean {
  const identityApi = useApi(identityApiRef);
  const entityRoute = useRouteRef(entityRouteRef);
  const { pathname } = useLocation();
  const [groups, setGroups] = useState<string[]>([]);
  useEffect(() => {
    let isWanted = true;
    identityApi.getBackstageIdentity().then(({ ownershipEntityRefs }) => {
      if (isWanted) {
        setGroups(ownershipEntityRefs);
      }
    });
    return () => {
      isWanted = false;
    };
  }, [identityApi]);
  return groups
    .map(ref => parseEntityRef(ref))
    .filter(({ kind }) => kind === 'group')
    .some(ref => {
      const path = entityRoute?.(ref);
      return path && (pathname === path || pathname.startsWith(`${path}/`));
    });
}
