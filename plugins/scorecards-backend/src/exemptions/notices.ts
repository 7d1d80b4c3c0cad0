import { nameOf, Notice } from '../notices';
import { DAY_MILLIS, pendingApprovals } from './core/decide';
import { Exemption, Step } from './core/Exemption';

/** Refs that may act in the place of a group, by its ref. */
export type Delegates = ReadonlyMap<string, readonly string[]>;

const TOPIC = 'Exemptions';

/** What people call that which an exemption is about. */
export interface NoticeNames {
  scorecard: string;
  check: string;
  /** By ref, of those that are named one by one. */
  subjects: ReadonlyMap<string, string>;
}

const newSteps = (before: Exemption | undefined, after: Exemption) =>
  after.steps.slice(before?.steps.length ?? 0);

/** Refs of the subjects that notices of these steps name: one that is alone. Of more, they say how many there are. */
export const subjectsNamed = (
  before: Exemption | undefined,
  after: Exemption,
): string[] =>
  [
    after.subjects.map(({ ref }) => ref),
    ...newSteps(before, after).map(({ subjects = [] }) => subjects),
  ].flatMap(refs => (refs.length === 1 ? refs : []));

const titles: Partial<Record<Step['step'], string>> = {
  requested: 'Exemption to approve',
  'approval requested': 'Exemption to approve as well',
  'renewal requested': 'Renewal of an exemption to approve',
  approved: 'Exemption approved',
  renewed: 'Exemption renewed',
  rejected: 'Exemption rejected',
  'renewal rejected': 'Renewal of an exemption rejected',
  expired: 'Exemption expired',
  revoked: 'Exemption revoked',
};

/** Who is to be told what, of the steps from one state of an exemption to the next. */
export function noticesOf(
  before: Exemption | undefined,
  after: Exemption,
  names: NoticeNames,
  delegates: Delegates = new Map(),
): Notice[] {
  const authors = [...new Set([after.requestedBy, after.owner])];
  const whoApproves = (groups: readonly string[]) =>
    groups.flatMap(group => [group, ...(delegates.get(group) ?? [])]);
  const approvers = whoApproves(
    pendingApprovals(after).map(({ group }) => group),
  );
  const notice = (
    id: string,
    title: string,
    recipients: readonly string[],
    more: { subjects?: readonly string[]; comment?: string; isHigh?: boolean },
  ): Notice => {
    const refs = more.subjects ?? after.subjects.map(({ ref }) => ref);
    const [only] = refs;
    const whose =
      refs.length === 1
        ? names.subjects.get(only) ?? nameOf(only)
        : `${refs.length} entities`;
    const about = `"${names.check}" of ${whose} (${names.scorecard})`;
    return {
      id: `exemption:${after.id}:${id}`,
      recipients: [...new Set(recipients)],
      payload: {
        title: `${title}: ${about}`,
        description: more.comment ?? after.reason,
        link: `/scorecards/views/exemptions?exemption=${after.id}`,
        topic: TOPIC,
        severity: more.isHigh ? 'high' : 'normal',
        scope: `exemption:${after.id}:${id}`,
      },
    };
  };
  const first = before?.steps.length ?? 0;
  const ofSteps = newSteps(before, after).flatMap((step, index) => {
    const title = titles[step.step];
    if (!title) return [];
    const recipients: Partial<Record<Step['step'], string[]>> = {
      requested: approvers,
      'renewal requested': approvers,
      'approval requested': whoApproves(step.groups ?? []),
    };
    return notice(
      String(first + index),
      title,
      recipients[step.step] ?? authors.filter(ref => ref !== step.by),
      step,
    );
  });
  const { expiresAt } = after;
  const isSame = before?.expiresAt === expiresAt && before.state === 'approved';
  const ofTime = isSame
    ? after.noticed.filter(days => !before.noticed.includes(days))
    : [];
  // Of several that come at once, the last one says it all.
  const days = Math.min(...ofTime);
  return [
    ...ofSteps,
    ...(ofTime.length > 0
      ? [
          notice(
            `expires:${days}:${expiresAt / DAY_MILLIS}`,
            `Exemption expires in ${days} days`,
            authors,
            { isHigh: days <= 3 },
          ),
        ]
      : []),
  ].filter(({ recipients }) => recipients.length > 0);
}
