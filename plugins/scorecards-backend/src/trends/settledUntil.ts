import { Clock } from '@waymark/waymark-node';

/** In ms: the longest that takes between the instant of a result and the moment in which it can be read, and more. */
const SETTLING = 60_000;

/** Until when nothing is said any more of the past, in ms since 1970. */
export const settledUntil = (clock: Clock): number =>
  clock.now().getTime() - SETTLING;
