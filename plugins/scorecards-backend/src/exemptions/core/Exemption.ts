import type {
  ExemptionState,
  ExemptionStep,
  ExemptionSubjectKind,
} from '@waymark/scorecards-common';

/** Whose approval is needed and why, and who gave it. Instants are ms since 1970. */
export interface Approval {
  group: string;
  because: 'owner' | 'condition' | 'unknown';
  /** CEL */
  condition?: string;
  by?: string;
  at?: number;
  delegate?: boolean;
}

/** A renewal that is to be decided. */
export interface Renewal {
  requestedBy: string;
  requestedAt: number;
  expiresAt: number;
  reason: string;
  approvals: Approval[];
}

/** One of the entities, or the system or domain, that is exempted. */
export interface Subject {
  /** Number of the entity. */
  entityId: number;
  ref: string;
  state: ExemptionState;
  endedAt?: number;
  /** While it is approved: when the check may have passed for long enough. */
  lookAt?: number;
}

/** What happened. */
export interface Step {
  at: number;
  /** Null for what the portal does itself. */
  by: string | null;
  step: ExemptionStep['step'];
  groups?: string[];
  /** Those of the groups whose delegate it was. */
  asDelegate?: string[];
  comment?: string;
  expiresAt?: number;
  /** Which subjects, where not all. */
  subjects?: string[];
  automatic?: boolean;
}

/** A request not to count a check for a while, and what became of it. */
export interface Exemption {
  id: string;
  scorecard: string;
  check: string;
  kind: ExemptionSubjectKind;
  subjects: readonly Subject[];
  reason: string;
  compensatingControl: string;
  plan: string;
  owner: string;
  requestedBy: string;
  requestedAt: number;
  state: ExemptionState;
  /** First instant at which the check counts again, or would once it is approved. */
  expiresAt: number;
  approvedAt?: number;
  /** Of the request, or of the last renewal that was granted. */
  approvals: readonly Approval[];
  renewals: number;
  renewal?: Renewal;
  /** Days before the expiry of which notice was given. */
  noticed: readonly number[];
  steps: readonly Step[];
}

/** Whose approvals somebody can give, and whether for a group as its delegate. */
export interface Approver {
  by: string;
  groups: ReadonlyMap<string, { delegate: boolean }>;
}
