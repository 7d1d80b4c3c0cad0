import type { Cause } from '@waymark/scorecards-common';

export type { Cause };

/**
 * Why results are looked at anew, from the most to the least telling. Of several causes for one evaluation the most
 * telling one is kept.
 *
 * @remarks
 * `new` the entity is; `fact` a source says something else; `exemption` one began or ended; `collector` one fails, or
 * works again; `staleness` a fact has become too old, or is fresh again; `time` a rule looks at the calendar; `entity`
 * its description changed; `scope` it has another owner, system, domain or type; `definition` of a scorecard or a fact
 * source; `engine` rules are evaluated in another way.
 */
export const CAUSES = [
  'new',
  'fact',
  'exemption',
  'collector',
  'staleness',
  'time',
  'entity',
  'scope',
  'definition',
  'engine',
] as const satisfies readonly Cause[];
