import { CheckState, LabFilter } from '@waymark/scorecards-common';

/** Which entities are shown; what is wanted of a filter beside the words that are searched. */
export interface Wanted {
  check?: string;
  /** State of that check as proposed. */
  to?: CheckState;
  /** Only what changes. */
  isMoved: boolean;
}

/** What the backend is asked. */
export const filterOf = (
  { check, to, isMoved }: Wanted,
  words: string,
): LabFilter => ({
  ...(check && { check }),
  ...(check && to && { to }),
  ...(isMoved && { moved: 'true' }),
  ...(words.trim() && { q: words.trim() }),
});
