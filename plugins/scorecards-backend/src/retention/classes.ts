import { FactSourceSpec } from '@waymark/scorecards-common';

/** How long something is kept after it has ended, by the class that its fact source declares. */
export const RETENTION: Record<
  FactSourceSpec['retention'],
  { days: number } | { years: number }
> = {
  operational: { days: 90 },
  evidence: { years: 7 },
};
