import { ConflictError, InputError, NotAllowedError } from '@backstage/errors';
import {
  ExemptionState,
  MAX_EXEMPTION_RENEWALS,
} from '@waymark/scorecards-common';
import { Approval, Approver, Exemption, Step, Subject } from './Exemption';

export const DAY_MILLIS = 86_400_000;
/** How long a check must have passed for its exemption to be needed no more. */
export const PASSING_DAYS = 7;
/** Days before the expiry at which notice is given. */
export const NOTICE_DAYS = [14, 3] as const;

const passingMillis = PASSING_DAYS * DAY_MILLIS;

/** What somebody asks for. */
export type NewExemption = Pick<
  Exemption,
  | 'id'
  | 'scorecard'
  | 'check'
  | 'kind'
  | 'reason'
  | 'compensatingControl'
  | 'plan'
  | 'owner'
  | 'requestedBy'
  | 'requestedAt'
  | 'expiresAt'
  | 'approvals'
> & { subjects: readonly Pick<Subject, 'entityId' | 'ref'>[] };

/** @throws InputError when it would end too early or too late */
export function checkExpiry(
  expiresAt: number,
  now: number,
  maxDays: number,
): void {
  if (expiresAt <= now) {
    throw new InputError('expiresAt: must be in the future');
  }
  const latest = now + maxDays * DAY_MILLIS;
  if (expiresAt > latest) {
    throw new InputError(
      `expiresAt: the scorecard allows at most ${maxDays} days, until ${new Date(
        latest,
      ).toISOString()}`,
    );
  }
}

/** Asks for an exemption. */
export function request(asked: NewExemption): Exemption {
  const { requestedAt: at, requestedBy: by, expiresAt, subjects } = asked;
  return {
    ...asked,
    subjects: subjects.map(subject => ({ ...subject, state: 'requested' })),
    state: 'requested',
    renewals: 0,
    noticed: [],
    steps: [{ at, by, step: 'requested', expiresAt }],
  };
}

/** The approvals that are to be given now, of the request or of a renewal; none where nothing is to be decided. */
export function pendingApprovals({
  state,
  approvals,
  renewal,
}: Exemption): readonly Approval[] {
  if (state === 'requested') return approvals;
  return state === 'approved' && renewal ? renewal.approvals : [];
}

/** Whether somebody asked for it, at first or for the renewal: they decide nothing about it. */
const isAuthor = ({ requestedBy, renewal }: Exemption, by: string) =>
  by === requestedBy || by === renewal?.requestedBy;

const withStep = (exemption: Exemption, step: Step): Exemption => ({
  ...exemption,
  steps: [...exemption.steps, step],
});

/**
 * Asks for approvals that were not needed when it was asked for. Those that were needed then are needed still.
 *
 * @param needed - now
 */
export function askFurther(
  exemption: Exemption,
  needed: readonly Approval[],
  at: number,
): Exemption {
  const pending = pendingApprovals(exemption);
  const known = new Set(pending.map(({ group }) => group));
  const added = needed.filter(({ group }) => !known.has(group));
  if (pending.length === 0 || added.length === 0) return exemption;
  const approvals = [...pending, ...added];
  const { renewal } = exemption;
  return withStep(
    exemption.state === 'requested'
      ? { ...exemption, approvals }
      : { ...exemption, renewal: { ...renewal!, approvals } },
    {
      ...{ at, by: null, step: 'approval requested' as const },
      groups: added.map(({ group }) => group),
    },
  );
}

function refuseUndecidable(
  exemption: Exemption,
  { by, groups }: Approver,
  now: number,
  verb: string,
): void {
  const pending = pendingApprovals(exemption);
  if (pending.length === 0 || exemption.expiresAt <= now) {
    throw new ConflictError(
      `There is nothing to ${verb}: the exemption is ${stateAt(
        exemption,
        now,
      )}`,
    );
  }
  if (isAuthor(exemption, by)) {
    throw new NotAllowedError(
      `You may not ${verb} what you have asked for yourself`,
    );
  }
  if (!pending.some(({ group }) => groups.has(group))) {
    throw new NotAllowedError(
      `You may not ${verb} this: that is for ${pending
        .map(({ group }) => group)
        .join(', ')}`,
    );
  }
}

/** What has expired is so at once, whenever the portal comes to write it down. */
export function stateAt(
  { state, expiresAt }: Exemption,
  now: number,
): ExemptionState {
  const lasts = state === 'requested' || state === 'approved';
  return lasts && expiresAt <= now ? 'expired' : state;
}

/** Whether somebody can approve or reject now. */
export function canDecide(
  exemption: Exemption,
  approver: Approver,
  now: number,
): { approve: boolean; reject: boolean } {
  const pending = pendingApprovals(exemption).filter(({ group }) =>
    approver.groups.has(group),
  );
  const isOpen = exemption.expiresAt > now && !isAuthor(exemption, approver.by);
  return {
    approve: isOpen && pending.some(({ by }) => by === undefined),
    reject: isOpen && pending.length > 0,
  };
}

/**
 * Gives every approval that somebody can give. With the last one the exemption is in force, or its renewal.
 *
 * @throws ConflictError when there is nothing to decide
 * @throws NotAllowedError for who has asked, and for whom no approval is needed of
 */
export function approve(
  exemption: Exemption,
  approver: Approver,
  { at, comment }: { at: number; comment?: string },
): Exemption {
  refuseUndecidable(exemption, approver, at, 'approve');
  const { by, groups } = approver;
  const given = pendingApprovals(exemption).filter(
    approval => approval.by === undefined && groups.has(approval.group),
  );
  if (given.length === 0) {
    throw new ConflictError(
      'This was approved on behalf of your groups already; others are still to approve',
    );
  }
  const approvals = pendingApprovals(exemption).map(approval => {
    if (!given.includes(approval)) return approval;
    const { delegate } = groups.get(approval.group)!;
    return { ...approval, by, at, ...(delegate && { delegate }) };
  });
  const asDelegate = given
    .map(({ group }) => group)
    .filter(group => groups.get(group)!.delegate);
  const approved = withStep(exemption, {
    ...{ at, by, step: 'approval' as const },
    groups: given.map(({ group }) => group),
    ...(asDelegate.length > 0 && { asDelegate }),
    ...(comment !== undefined && { comment }),
  });
  const isComplete = approvals.every(approval => approval.by !== undefined);
  const { renewal } = approved;
  if (approved.state === 'requested') {
    return isComplete
      ? enterIntoForce({ ...approved, approvals }, at)
      : { ...approved, approvals };
  }
  return isComplete
    ? prolong(approved, renewal!.expiresAt, approvals, at)
    : { ...approved, renewal: { ...renewal!, approvals } };
}

/** Notices whose time has come; of what is approved for a short time, nobody needs to be told that it is short. */
export const reachedNotices = (expiresAt: number, now: number): number[] =>
  NOTICE_DAYS.filter(days => expiresAt - days * DAY_MILLIS <= now);

function enterIntoForce(exemption: Exemption, at: number): Exemption {
  return withStep(
    {
      ...exemption,
      state: 'approved',
      approvedAt: at,
      noticed: reachedNotices(exemption.expiresAt, at),
      subjects: exemption.subjects.map(subject => ({
        ...subject,
        state: 'approved',
        lookAt: at + passingMillis,
      })),
    },
    { at, by: null, step: 'approved', expiresAt: exemption.expiresAt },
  );
}

function prolong(
  { renewal: _, ...exemption }: Exemption,
  expiresAt: number,
  approvals: Approval[],
  at: number,
): Exemption {
  return withStep(
    {
      ...exemption,
      expiresAt,
      approvals,
      renewals: exemption.renewals + 1,
      noticed: reachedNotices(expiresAt, at),
    },
    { at, by: null, step: 'renewed', expiresAt },
  );
}

/** Refuses a request, or a renewal: then the exemption lasts as long as before. */
export function reject(
  exemption: Exemption,
  approver: Approver,
  { at, comment }: { at: number; comment: string },
): Exemption {
  refuseUndecidable(exemption, approver, at, 'reject');
  const { by, groups } = approver;
  const said = {
    ...{ at, by, comment },
    groups: pendingApprovals(exemption)
      .map(({ group }) => group)
      .filter(group => groups.has(group)),
  };
  return exemption.state === 'requested'
    ? end(exemption, 'rejected', said)
    : withoutRenewal(exemption, { ...said, step: 'renewal rejected' });
}

/** Whether there is something to take back. */
export const canWithdraw = (exemption: Exemption, now: number) =>
  exemption.expiresAt > now && pendingApprovals(exemption).length > 0;

/** Takes back a request, or a renewal: then the exemption lasts as long as before. */
export function withdraw(
  exemption: Exemption,
  { by, at, comment }: { by: string; at: number; comment?: string },
): Exemption {
  if (!canWithdraw(exemption, at)) {
    throw new ConflictError(
      `There is nothing to withdraw: the exemption is ${stateAt(
        exemption,
        at,
      )}`,
    );
  }
  const said = { at, by, ...(comment !== undefined && { comment }) };
  return exemption.state === 'requested'
    ? end(exemption, 'withdrawn', said)
    : withoutRenewal(exemption, { ...said, step: 'renewal withdrawn' });
}

function withoutRenewal(
  { renewal: _, ...exemption }: Exemption,
  step: Step,
): Exemption {
  return withStep(exemption, step);
}

/** Why an exemption cannot be renewed now. */
export function renewalProblem(
  exemption: Exemption,
  now: number,
): string | undefined {
  const state = stateAt(exemption, now);
  if (state !== 'approved') {
    return `Only an exemption in force can be renewed, and this one is ${state}`;
  }
  if (exemption.renewal) return 'A renewal is waiting to be decided already';
  return exemption.renewals >= MAX_EXEMPTION_RENEWALS
    ? `It was renewed ${MAX_EXEMPTION_RENEWALS} times, and cannot be again`
    : undefined;
}

/** Asks for more time. The exemption lasts as long as before until that is approved. */
export function renew(
  exemption: Exemption,
  asked: Omit<Exemption['renewal'] & object, 'approvals'> & {
    approvals: readonly Approval[];
  },
): Exemption {
  const { requestedAt: at, requestedBy: by, expiresAt, reason } = asked;
  const problem = renewalProblem(exemption, at);
  if (problem) throw new ConflictError(problem);
  if (expiresAt <= exemption.expiresAt) {
    throw new InputError(
      `expiresAt: must be after the present expiry, ${new Date(
        exemption.expiresAt,
      ).toISOString()}`,
    );
  }
  return withStep(
    { ...exemption, renewal: { ...asked, approvals: [...asked.approvals] } },
    { at, by, step: 'renewal requested', expiresAt, comment: reason },
  );
}

/** Ends an exemption before its time, for all its subjects or for some. */
export function revoke(
  exemption: Exemption,
  said: {
    by: string | null;
    at: number;
    comment?: string;
    subjects?: readonly string[];
    automatic?: boolean;
  },
): Exemption {
  const { by, at, comment, automatic } = said;
  const state = stateAt(exemption, at);
  if (state !== 'approved') {
    throw new ConflictError(
      `Only an exemption in force can be revoked, and this one is ${state}`,
    );
  }
  const inForce = exemption.subjects
    .filter(subject => subject.state === 'approved')
    .map(({ ref }) => ref);
  const ended = said.subjects ?? inForce;
  const unknown = ended.find(ref => !inForce.includes(ref));
  if (unknown !== undefined) {
    throw new InputError(`subjects: ${unknown} is not exempted by this`);
  }
  const isAll = inForce.every(ref => ended.includes(ref));
  const step = {
    ...{ at, by },
    ...(comment !== undefined && { comment }),
    ...(automatic && { automatic }),
  };
  if (isAll) return end(exemption, 'revoked', step);
  return withStep(
    {
      ...exemption,
      subjects: exemption.subjects.map(subject =>
        ended.includes(subject.ref) ? over(subject, 'revoked', at) : subject,
      ),
    },
    { ...step, step: 'revoked', subjects: [...ended] },
  );
}

function over(
  { lookAt: _, ...subject }: Subject,
  state: ExemptionState,
  endedAt: number,
): Subject {
  return { ...subject, state, endedAt };
}

/** Ends all of it that has not ended. */
function end(
  { renewal, ...exemption }: Exemption,
  state: 'rejected' | 'withdrawn' | 'expired' | 'revoked',
  said: Omit<Step, 'step'>,
): Exemption {
  const { at } = said;
  const lapsed: Exemption = renewal
    ? withStep(exemption, { at, by: null, step: 'renewal lapsed' })
    : exemption;
  return withStep(
    {
      ...lapsed,
      state,
      subjects: exemption.subjects.map(subject =>
        subject.endedAt === undefined ? over(subject, state, at) : subject,
      ),
    },
    { ...said, step: state },
  );
}

/** Writes down that it has expired. */
export function expire(exemption: Exemption, at: number): Exemption {
  return end(exemption, 'expired', { at, by: null });
}
