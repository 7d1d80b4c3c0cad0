import {
  appliesToSchema,
  defineKind,
  ownerSchema,
} from '@waymark/waymark-common';
import { z } from 'zod';

/**
 * The `spec` of a RiskModel, as far as it is fixed.
 *
 * @remarks
 * Only the envelope is checked here: keys that are not named are kept as they are, and belong to the risk engine, which
 * checks them when it adopts the model.
 * @public
 */
export const riskModelSpecSchema = z.looseObject({
  owner: ownerSchema,
  appliesTo: appliesToSchema.optional(),
  method: z
    .enum(['highWaterMark', 'owaspRiskRating', 'matrix', 'decisionTable'])
    .default('highWaterMark')
    .describe('How answers become a tier.'),
});

/**
 * The kind `RiskModel`: a versioned decision model that turns answers and facts into a tier and its controls.
 * @public
 */
export const riskModelKind = defineKind({
  kind: 'RiskModel',
  description:
    'A versioned decision model that turns answers and facts into a tier and its controls.',
  spec: riskModelSpecSchema,
});

/**
 * The `spec` of a risk model, as far as it is fixed.
 * @public
 */
export type RiskModelSpec = z.output<typeof riskModelSpecSchema>;
