import {
  Rollup,
  RollupRow,
  ScorecardResultRow,
  scorecardSpecSchema,
  ScorecardSummary,
} from '@waymark/scorecards-common';

export const NOW = '2026-03-10T12:00:00.000Z';

/** A scorecard with two levels and two checks. */
export const quality: ScorecardSummary = {
  ref: 'scorecard:default/quality',
  name: 'quality',
  title: 'Quality',
  status: 'adopted',
  problems: [],
  inForce: { hash: '0123456789abcdef', since: '2026-03-01T12:00:00.000Z' },
  spec: scorecardSpecSchema.parse({
    owner: 'group:default/platform',
    appliesTo: { kind: 'Component' },
    levels: [
      { id: 'bronze', title: 'Bronze' },
      { id: 'gold', title: 'Gold' },
    ],
    checks: [
      {
        id: 'readme',
        title: 'It has a README',
        level: 'bronze',
        rule: 'facts.git.files.readme != null',
        because: 'The first thing that one opens.',
      },
      {
        id: 'tests',
        title: 'It has tests',
        level: 'gold',
        rule: 'facts.git.testFiles > 0',
        because: 'Without tests every change is a bet.',
      },
    ],
  }),
};

/** How the entities of a key fare; by default two of three pass the first check. */
export const rollupRow = (
  key: string | null,
  row: Partial<RollupRow> = {},
): RollupRow => ({
  key,
  entities: 3,
  unrated: 0,
  levels: [
    { level: 'gold', entities: 1 },
    { level: 'bronze', entities: 1 },
    { level: null, entities: 1 },
  ],
  points: 0.5,
  confidence: 0.75,
  checks: [
    { id: 'readme', states: { pass: 2, fail: 1 } },
    { id: 'tests', states: { unknown: 2, exempt: 1 } },
  ],
  ...row,
});

export const rollupOf = (...items: RollupRow[]): Omit<Rollup, 'cursor'> => ({
  scorecard: 'quality',
  by: 'owner',
  asOf: NOW,
  total: rollupRow(null),
  items,
});

type State = ScorecardResultRow['checks'][number]['state'];

/** What the scorecard says of an entity. */
export const resultRow = (
  name: string,
  states: { readme: State; tests: State },
  row: Partial<ScorecardResultRow> = {},
): ScorecardResultRow => ({
  entityRef: `component:default/${name}`,
  rated: true,
  level: 'bronze',
  levelTitle: 'Bronze',
  rank: 0,
  points: 0.5,
  confidence: 1,
  since: '2026-03-01T12:00:00.000Z',
  cause: 'fact',
  checks: Object.entries(states).map(([id, state]) => ({ id, state })),
  ...row,
});
