import { ScorecardResultRow } from '@waymark/scorecards-common';

type Check = ScorecardResultRow['checks'][number];

const WEIGHTS: [weight: number, isSo: (check: Check) => boolean][] = [
  // Nobody can tell, though it may count as something.
  [1_000_000, ({ state }) => state === 'unknown'],
  [1_000, ({ state }) => state === 'exempt'],
  [1, ({ state }) => state === 'fail'],
];

/** How much a row needs to be looked at: what is unknown or held, then what is exempt, then what fails. */
export const attention = ({ checks }: Pick<ScorecardResultRow, 'checks'>) =>
  checks.reduce(
    (sum, check) => sum + (WEIGHTS.find(([, isSo]) => isSo(check))?.[0] ?? 0),
    0,
  );
