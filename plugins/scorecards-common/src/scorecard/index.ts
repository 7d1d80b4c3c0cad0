import { defineKind, type Definition } from '@waymark/waymark-common';
import { z } from 'zod';
import { scorecardSpecSchema } from './scorecardSpecSchema';

export { scorecardSpecSchema };

/**
 * The kind `Scorecard`: levels and checks that say what good looks like for a set of entities.
 * @public
 */
export const scorecardKind = defineKind({
  kind: 'Scorecard',
  description:
    'Levels and checks that say what good looks like for a set of entities.',
  spec: scorecardSpecSchema,
});

/**
 * A scorecard as its consumers see it, defaults filled in.
 * @public
 */
export type ScorecardDefinition = Definition<ScorecardSpec>;

/**
 * The `spec` of a scorecard, defaults filled in.
 * @public
 */
export type ScorecardSpec = z.output<typeof scorecardSpecSchema>;

/**
 * One check of a scorecard, defaults filled in.
 * @public
 */
export type ScorecardCheck = ScorecardSpec['checks'][number];
