import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { Entity, RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { EntityDecision } from '../access/EntityAccess';
import { EntityStore } from '../entities/EntityStore';
import { Approver } from './core/Exemption';
import { Delegates } from './notices';

/** Who asks, and what they may do to exemptions. */
export interface Asker {
  /** Ref of the user; undefined for a service. */
  by?: string;
  /** The user, and the groups of which the user is a member. */
  memberships: ReadonlySet<string>;
  /** Of which entities they may request exemptions. */
  requests: EntityDecision;
  /** Whether they may decide at all; about which ones is said by the definitions. */
  decides: boolean;
}

/** The groups on whose behalf somebody may decide, and whether as a delegate. */
export function approverFor(
  { by = '', memberships, decides }: Asker,
  groups: readonly string[],
  delegates: Delegates,
): Approver {
  const found = new Map<string, { delegate: boolean }>();
  for (const group of decides ? groups : []) {
    const isDelegate = delegates.get(group)?.some(ref => memberships.has(ref));
    if (memberships.has(group)) found.set(group, { delegate: false });
    else if (isDelegate) found.set(group, { delegate: true });
  }
  return { by, groups: found };
}

/**
 * Who somebody is, and the groups that name them as a member; nothing for a service.
 *
 * @remarks
 * As the catalog says now, and not the session: that also answers for all groups further down, so that who leads a
 * department would give the approvals of all its teams, and who has left a team would go on to decide for it.
 */
export async function membershipsOf(
  entities: EntityStore,
  credentials: BackstageCredentials,
): Promise<Pick<Asker, 'by' | 'memberships'>> {
  const { type, userEntityRef } =
    credentials.principal as BackstageUserPrincipal;
  if (type !== 'user') return { memberships: new Set() };
  const [user] = await entities.byRefs([userEntityRef]);
  const { relations = [] } = (user?.entity ?? {}) as Partial<Entity>;
  const groups = relations
    .filter(relation => relation.type === RELATION_MEMBER_OF)
    .map(({ targetRef }) => targetRef);
  return {
    by: userEntityRef,
    memberships: new Set([userEntityRef, ...groups]),
  };
}
