import { LedgerRecord } from '@waymark/ledger-node';
import { JsonObject } from '@backstage/types';
import { Exemption, Step } from './core/Exemption';

/** Steps that say whose approval is needed. */
const ASKING = new Set<Step['step']>([
  'requested',
  'renewal requested',
  'approval requested',
]);

const iso = (millis: number) => new Date(millis).toISOString();

/** An entry of the ledger, with the instant of what it tells of. */
export type ExemptionEntry = LedgerRecord & { at: Date };

/** What the ledger is told of the steps from one state of an exemption to the next. */
export function ledgerEntriesOf(
  before: Exemption | undefined,
  after: Exemption,
): ExemptionEntry[] {
  return after.steps.slice(before?.steps.length ?? 0).map(step => {
    const { at, by, step: name, groups, asDelegate, comment } = step;
    const { expiresAt, subjects, automatic } = step;
    return {
      type: `exemption.${name.replace(' ', '-')}`,
      at: new Date(at),
      record: {
        exemption: after.id,
        scorecard: after.scorecard,
        check: after.check,
        subjects: subjects ?? after.subjects.map(({ ref }) => ref),
        by,
        ...(groups && { groups }),
        ...(asDelegate && { asDelegate }),
        ...(comment !== undefined && { comment }),
        ...(expiresAt !== undefined && { expiresAt: iso(expiresAt) }),
        ...(automatic && { automatic }),
        ...(name === 'requested' && termsOf(after)),
        ...(ASKING.has(name) && { approvals: approvalsOf(after) }),
      },
    };
  });
}

function termsOf(exemption: Exemption): JsonObject {
  const { kind, reason, compensatingControl, plan, owner } = exemption;
  return { kind, reason, compensatingControl, plan, owner };
}

function approvalsOf({ approvals, renewal }: Exemption): JsonObject[] {
  return (renewal?.approvals ?? approvals).map(
    ({ group, because, condition = null }) => ({ group, because, condition }),
  );
}
