import {
  BackstageCredentials,
  BackstageUserPrincipal,
  UserInfoService,
} from '@backstage/backend-plugin-api';
import { EntityDecision } from '../access/EntityAccess';
import { Approver } from './core/Exemption';
import { Delegates } from './notices';

/** Who asks, and what they may do to exemptions. */
export interface Asker {
  /** Ref of the user; undefined for a service. */
  by?: string;
  /** The user, and the groups that the user answers for. */
  owns: ReadonlySet<string>;
  /** Of which entities they may request exemptions. */
  requests: EntityDecision;
  /** Whether they may decide at all; about which ones is said by the definitions. */
  decides: boolean;
}

/** The groups on whose behalf somebody may decide, and whether as a delegate. */
export function approverFor(
  { by = '', owns, decides }: Asker,
  groups: readonly string[],
  delegates: Delegates,
): Approver {
  const found = new Map<string, { delegate: boolean }>();
  for (const group of decides ? groups : []) {
    const isDelegate = delegates.get(group)?.some(ref => owns.has(ref));
    if (owns.has(group)) found.set(group, { delegate: false });
    else if (isDelegate) found.set(group, { delegate: true });
  }
  return { by, groups: found };
}

/** What somebody owns, as the session says; nothing for a service. */
export async function ownershipOf(
  userInfo: UserInfoService,
  credentials: BackstageCredentials,
): Promise<Pick<Asker, 'by' | 'owns'>> {
  const { type, userEntityRef } =
    credentials.principal as BackstageUserPrincipal;
  if (type !== 'user') return { owns: new Set() };
  const { ownershipEntityRefs } = await userInfo.getUserInfo(credentials);
  return { by: userEntityRef, owns: new Set(ownershipEntityRefs) };
}
