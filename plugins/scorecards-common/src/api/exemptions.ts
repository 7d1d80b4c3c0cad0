import { entityRefSchema, idSchema } from '@waymark/waymark-common';
import { z } from 'zod';

/** Most entities of one request. @public */
export const MAX_EXEMPTED_ENTITIES = 500;
/** How often an exemption can be renewed. @public */
export const MAX_EXEMPTION_RENEWALS = 2;

const instant = z.iso.datetime().describe('ISO 8601');
const futureInstant = z.iso
  .datetime({
    offset: true,
    error: 'must be an instant such as 2026-12-31T12:00:00Z',
  })
  .describe('ISO 8601; in the future, and no later than the scorecard allows.');

const LONGEST = 4_000;
const words = z.string().trim().min(1).max(LONGEST);

/**
 * Where an exemption stands: requested → approved, rejected or withdrawn; approved → expired or revoked. What nobody has
 * decided expires too.
 * @public
 */
export const exemptionStateSchema = z.enum([
  'requested',
  'approved',
  'rejected',
  'withdrawn',
  'expired',
  'revoked',
]);

/** @public */
export type ExemptionState = z.output<typeof exemptionStateSchema>;

/** @public */
export const exemptionSubjectKindSchema = z.enum([
  'entities',
  'system',
  'domain',
]);

/** @public */
export type ExemptionSubjectKind = z.output<typeof exemptionSubjectKindSchema>;

/**
 * What is exempted: some entities, or all that a system or a domain has at any time.
 * @public
 */
export const exemptionSubjectSchema = z
  .strictObject({
    entities: z
      .array(entityRefSchema())
      .min(1)
      .max(MAX_EXEMPTED_ENTITIES)
      .optional(),
    system: entityRefSchema('system').optional(),
    domain: entityRefSchema('domain').optional(),
  })
  .refine(subject => Object.values(subject).filter(Boolean).length === 1, {
    error: 'must have exactly one of entities, system and domain',
  });

/**
 * Body of `POST /exemptions`
 * @public
 */
export const exemptionRequestSchema = z.strictObject({
  scorecard: idSchema.describe('Name of the scorecard.'),
  check: idSchema,
  subject: exemptionSubjectSchema,
  reason: words.describe('Why the check cannot be met now.'),
  compensatingControl: words.describe('What lowers the risk meanwhile.'),
  plan: words.describe('How and when the check will be met again.'),
  owner: entityRefSchema()
    .refine(ref => /^(group|user):/.test(ref), {
      error: 'must be a group or a user',
    })
    .describe('The group or user that carries out the plan.'),
  expiresAt: futureInstant,
});

/** @public */
export type ExemptionRequest = z.input<typeof exemptionRequestSchema>;

/**
 * Body of `POST /exemptions/{id}/approve` and `/withdraw`
 * @public
 */
export const exemptionDecisionSchema = z.strictObject({
  comment: words.optional(),
});

/** @public */
export type ExemptionDecision = z.input<typeof exemptionDecisionSchema>;

/**
 * Body of `POST /exemptions/{id}/reject`: who asked is to know why.
 * @public
 */
export const exemptionRejectionSchema = z.strictObject({ comment: words });

/** @public */
export type ExemptionRejection = z.input<typeof exemptionRejectionSchema>;

/**
 * Body of `POST /exemptions/{id}/renew`. A renewal is approved like a request; until then the former expiry holds.
 * @public
 */
export const exemptionRenewalRequestSchema = z.strictObject({
  expiresAt: futureInstant,
  reason: words.describe('Why it was not enough.'),
});

/** @public */
export type ExemptionRenewalRequest = z.input<
  typeof exemptionRenewalRequestSchema
>;

/**
 * Body of `POST /exemptions/{id}/revoke`
 * @public
 */
export const exemptionRevocationSchema = z.strictObject({
  comment: words,
  subjects: z
    .array(entityRefSchema())
    .min(1)
    .optional()
    .describe('Only these of its subjects; all when absent.'),
});

/** @public */
export type ExemptionRevocation = z.input<typeof exemptionRevocationSchema>;

/**
 * An approval that is needed, and who gave it.
 * @public
 */
export const exemptionApprovalSchema = z.strictObject({
  group: z.string().describe('Whose approval it is; a ref.'),
  because: z
    .enum(['owner', 'condition', 'unknown'])
    .describe(
      'owner: of the scorecard. condition: one of exemptions.also is true. unknown: it cannot be known, so the group is asked.',
    ),
  condition: z.string().optional().describe('CEL'),
  by: z.string().nullable().describe('Who approved; null while it is needed.'),
  at: instant.optional(),
  delegate: z
    .boolean()
    .optional()
    .describe('Approved by a delegate of the group.'),
});

/** @public */
export type ExemptionApproval = z.output<typeof exemptionApprovalSchema>;

/**
 * One of the entities, or the system or domain, that is exempted.
 * @public
 */
export const exemptionRecordSchema = z.strictObject({
  subject: z.string().describe('A ref.'),
  state: exemptionStateSchema,
  endedAt: instant.optional().describe('Of rejected and later states.'),
});

/** @public */
export type ExemptionRecord = z.output<typeof exemptionRecordSchema>;

/**
 * What happened to an exemption, oldest first.
 * @public
 */
export const exemptionStepSchema = z.strictObject({
  at: instant,
  by: z.string().nullable().describe('Null for what the portal does itself.'),
  step: z.enum([
    'requested',
    'approval requested',
    'approval',
    'approved',
    'rejected',
    'withdrawn',
    'renewal requested',
    'renewed',
    'renewal rejected',
    'renewal withdrawn',
    'renewal lapsed',
    'expired',
    'revoked',
  ]),
  groups: z
    .array(z.string())
    .optional()
    .describe(
      'Of an approval: on whose behalf; where one was requested: of whom it is needed besides.',
    ),
  asDelegate: z
    .array(z.string())
    .optional()
    .describe('Of an approval: those of the groups whose delegate it was.'),
  comment: z.string().optional(),
  expiresAt: instant.optional(),
  subjects: z
    .array(z.string())
    .optional()
    .describe('Of revoked: which ones, where not all.'),
  automatic: z
    .boolean()
    .optional()
    .describe('Of revoked: the check has passed for 7 days.'),
});

/** @public */
export type ExemptionStep = z.output<typeof exemptionStepSchema>;

/**
 * `GET /exemptions/{id}`, and what each of the steps answers
 * @public
 */
export const exemptionSchema = z.strictObject({
  id: z.uuid(),
  scorecard: z.string(),
  scorecardTitle: z.string(),
  check: z.string(),
  checkTitle: z.string(),
  kind: exemptionSubjectKindSchema,
  state: exemptionStateSchema,
  records: z
    .array(exemptionRecordSchema)
    .describe('As far as the asker may read them.'),
  hidden: z.int().describe('How many records the asker may not read.'),
  reason: z.string(),
  compensatingControl: z.string(),
  plan: z.string(),
  owner: z.string(),
  requestedBy: z.string(),
  requestedAt: instant,
  approvedAt: instant.optional(),
  expiresAt: instant.describe('When it ends, or would end once approved.'),
  approvals: z
    .array(exemptionApprovalSchema)
    .describe('Of the request, or of the last renewal.'),
  renewals: z.int().describe('How often it was renewed; at most twice.'),
  renewal: z
    .strictObject({
      requestedBy: z.string(),
      requestedAt: instant,
      expiresAt: instant,
      reason: z.string(),
      approvals: z.array(exemptionApprovalSchema),
    })
    .nullable()
    .describe('A renewal that is to be decided.'),
  steps: z.array(exemptionStepSchema),
  may: z
    .strictObject({
      approve: z.boolean(),
      reject: z.boolean(),
      withdraw: z.boolean(),
      renew: z.boolean(),
      revoke: z.boolean(),
    })
    .describe('What the asker can do now.'),
});

/** @public */
export type Exemption = z.output<typeof exemptionSchema>;

/**
 * `GET /exemptions`, newest first. Filters: `approver=me` (what waits for the asker), `entity` (also those of its system
 * and domain), `scorecard`, `check`, `state`, `cursor`, `limit`.
 * @public
 */
export const exemptionListSchema = z.strictObject({
  items: z.array(exemptionSchema),
  cursor: z.string().optional(),
});

/** @public */
export type ExemptionList = z.output<typeof exemptionListSchema>;

/**
 * What is owed: the exemptions in force of an entity in a scorecard.
 * @public
 */
export const exemptionDebtSchema = z.strictObject({
  active: z.int().min(1).describe('How many checks are exempted.'),
  nextExpiry: instant.describe('When the first of them counts again.'),
});

/** @public */
export type ExemptionDebt = z.output<typeof exemptionDebtSchema>;
