import type { Cause } from '../api';

/**
 * Why a result began, in words to stand behind "because".
 * @public
 */
export const CAUSE_WORDS = {
  fact: 'a fact changed',
  definition: 'the scorecard changed',
  entity: 'the entity changed in the catalog',
  scope: 'the scorecard began or ceased to apply to it',
  exemption: 'an exemption began or ended',
  staleness: 'a fact became too old to be relied upon',
  collector: 'a source could not be asked, or could be asked again',
  time: 'time has passed',
  new: 'it was looked at for the first time',
  engine: 'the portal evaluates differently',
} as const satisfies Record<Cause, string>;
