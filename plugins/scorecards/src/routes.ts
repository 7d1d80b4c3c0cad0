import { parseEntityRef } from '@backstage/catalog-model';
import {
  createRouteRef,
  createSubRouteRef,
  useRouteRef,
} from '@backstage/frontend-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';

/** Every scorecard. */
export const rootRouteRef = createRouteRef();

/** One scorecard. */
export const scorecardRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/:name',
});

// Two segments, so that no scorecard can have a name that hides one of them.

/** Entities by the checks of the security scorecard. */
export const securityRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/views/security',
});

/** How the collectors of facts fare. */
export const collectorsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/views/collectors',
});

/** What changed, and why. */
export const changesRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/views/changes',
});

/** Exemptions: asked for, to be decided, in force. */
export const exemptionsRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/views/exemptions',
});

/** Where a scorecard is changed and tried out, `?scorecard=<name>` or a new one. */
export const labRouteRef = createSubRouteRef({
  parent: rootRouteRef,
  path: '/lab',
});

/** Where the tab of the scorecards lies below the page of an entity. */
export const ENTITY_TAB_PATH = 'scorecards';

/** What a page of scorecards is asked to show, as it stands in the address. */
export type SearchParams = Record<string, string | undefined>;

/** `?a=1&b=2`, without what is not said; empty where nothing is. */
export function searchOf(params: SearchParams): string {
  const said = Object.entries(params).filter(
    (entry): entry is [string, string] => Boolean(entry[1]),
  );
  return said.length > 0 ? `?${new URLSearchParams(said)}` : '';
}

/** Makes links to the page of a scorecard. */
export function useScorecardLink(): (
  name: string,
  params?: SearchParams,
) => string | undefined {
  const route = useRouteRef(scorecardRouteRef);
  return (name, params = {}) => {
    const path = route?.({ name });
    return path && path + searchOf(params);
  };
}

/** Makes links to the rule lab with a scorecard. */
export function useLabLink(): (scorecard: string) => string | undefined {
  const path = useRouteRef(labRouteRef)?.();
  return scorecard => path && path + searchOf({ scorecard });
}

/** Makes links to the tab of the scorecards of an entity. */
export function useEntityScorecardsLink(): (
  entityRef: string,
  params?: { scorecard?: string; check?: string; asOf?: string },
) => string | undefined {
  const route = useRouteRef(entityRouteRef);
  return (entityRef, params = {}) => {
    const { kind, namespace, name } = parseEntityRef(entityRef);
    const path = route?.({ kind: kind.toLowerCase(), namespace, name });
    return path && `${path}/${ENTITY_TAB_PATH}${searchOf(params)}`;
  };
}
