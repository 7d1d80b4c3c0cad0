import {
  Exemption as ShownExemption,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { TrackedEntity } from '../entities/tables';
import { Asker } from './Asker';
import { canDecide, canWithdraw, renewalProblem, stateAt } from './core/decide';
import { Approval, Approver, Exemption } from './core/Exemption';

const iso = (millis: number) => new Date(millis).toISOString();

/** What an exemption is shown by. */
export interface ExemptionContext {
  now: number;
  asker: Asker;
  approver: Approver;
  /** The entities of it that the asker may read, by their numbers. */
  readable: ReadonlyMap<number, TrackedEntity>;
  /** The scorecard, where there still is one. */
  scorecard?: { title: string; spec: ScorecardSpec };
}

const approvalsOf = (approvals: readonly Approval[]) =>
  approvals.map(({ by = null, at, ...approval }) => ({
    ...approval,
    by,
    ...(at !== undefined && { at: iso(at) }),
  }));

/** An exemption as it is shown to somebody. */
export function presentExemption(
  exemption: Exemption,
  context: ExemptionContext,
): ShownExemption {
  const { readable, scorecard, now } = context;
  const shown = exemption.subjects.filter(({ entityId }) =>
    readable.has(entityId),
  );
  const refs = new Set(shown.map(({ ref }) => ref));
  const { renewal, approvedAt, expiresAt } = exemption;
  const state = stateAt(exemption, now);
  return {
    id: exemption.id,
    scorecard: exemption.scorecard,
    scorecardTitle: scorecard?.title ?? exemption.scorecard,
    check: exemption.check,
    checkTitle:
      scorecard?.spec.checks.find(({ id }) => id === exemption.check)?.title ??
      exemption.check,
    kind: exemption.kind,
    state,
    records: shown.map(({ ref, state: own, endedAt }) => ({
      subject: ref,
      state: endedAt === undefined ? state : own,
      ...(endedAt !== undefined && { endedAt: iso(endedAt) }),
    })),
    hidden: exemption.subjects.length - shown.length,
    reason: exemption.reason,
    compensatingControl: exemption.compensatingControl,
    plan: exemption.plan,
    owner: exemption.owner,
    requestedBy: exemption.requestedBy,
    requestedAt: iso(exemption.requestedAt),
    ...(approvedAt !== undefined && { approvedAt: iso(approvedAt) }),
    expiresAt: iso(expiresAt),
    approvals: approvalsOf(exemption.approvals),
    renewals: exemption.renewals,
    renewal: renewal
      ? {
          ...renewal,
          requestedAt: iso(renewal.requestedAt),
          expiresAt: iso(renewal.expiresAt),
          approvals: approvalsOf(renewal.approvals),
        }
      : null,
    steps: exemption.steps.map(
      ({ at, expiresAt: until, subjects, ...step }) => ({
        ...step,
        at: iso(at),
        ...(until !== undefined && { expiresAt: iso(until) }),
        ...(subjects && { subjects: subjects.filter(ref => refs.has(ref)) }),
      }),
    ),
    may: mayOf(exemption, context),
  };
}

function mayOf(
  exemption: Exemption,
  { asker, approver, readable, now }: ExemptionContext,
): ShownExemption['may'] {
  const { subjects } = exemption;
  const seesAll = subjects.every(({ entityId }) => readable.has(entityId));
  const isOwner = ownsSubjects(exemption, asker, readable);
  const { approve, reject } = canDecide(exemption, approver, now);
  return {
    approve: seesAll && approve,
    reject: seesAll && reject,
    withdraw:
      (isOwner || isRequester(exemption, asker)) && canWithdraw(exemption, now),
    renew: isOwner && renewalProblem(exemption, now) === undefined,
    revoke:
      (isOwner || approver.groups.size > 0) &&
      stateAt(exemption, now) === 'approved',
  };
}

/** Whether somebody has asked for what is to be decided. */
export function isRequester(
  { requestedBy, renewal }: Exemption,
  { by }: Asker,
): boolean {
  return by !== undefined && by === (renewal?.requestedBy ?? requestedBy);
}

/**
 * Whether somebody may request exemptions of all that is still exempted by one, or may be.
 *
 * @param of - refs of those that are meant; all when absent
 */
export function ownsSubjects(
  { subjects }: Exemption,
  { requests, by }: Asker,
  readable: ReadonlyMap<number, TrackedEntity>,
  of?: readonly string[],
): boolean {
  const open = subjects.filter(
    ({ endedAt, ref }) =>
      endedAt === undefined && (of === undefined || of.includes(ref)),
  );
  return (
    by !== undefined &&
    open.length > 0 &&
    open.every(({ entityId }) => {
      const entity = readable.get(entityId);
      return entity !== undefined && requests.allows(entity.entity);
    })
  );
}
