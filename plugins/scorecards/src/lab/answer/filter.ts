import { CheckState, LabFilter, Transition } from '@waymark/scorecards-common';

/** Which entities are shown; what is wanted of a filter beside the words that are searched. */
export interface Wanted {
  check?: string;
  /** State of that check as proposed. */
  to?: CheckState;
  /** Where the level moves to. */
  direction?: Transition['direction'];
  /** From which level to which, where one move is meant; null is none. */
  levels?: { from: string | null; to: string | null };
  /** Ref; null is nobody. */
  owner?: string | null;
  /** Only what changes. */
  isMoved: boolean;
}

const NONE = 'none';

/** What the backend is asked. */
export function filterOf(wanted: Wanted, words: string): LabFilter {
  const { check, to, direction, levels, owner, isMoved } = wanted;
  return {
    ...(check && { check }),
    ...(check && to && { to }),
    ...(direction && { direction }),
    ...(direction &&
      levels && {
        fromLevel: levels.from ?? NONE,
        toLevel: levels.to ?? NONE,
      }),
    ...(owner !== undefined && { owner: owner ?? NONE }),
    ...(isMoved && { moved: 'true' }),
    ...(words.trim() && { q: words.trim() }),
  };
}
