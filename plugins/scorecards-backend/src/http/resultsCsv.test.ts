import { ScorecardResultRow } from '@waymark/scorecards-common';
import { linesOf } from './resultsCsv';

const SINCE = '2026-03-01T12:00:00.000Z';
const row = (more: Partial<ScorecardResultRow>): ScorecardResultRow => ({
  entityRef: 'component:default/api',
  rated: true,
  level: 'bronze',
  levelTitle: 'Bronze',
  rank: 0,
  points: 0.5,
  confidence: 1,
  since: SINCE,
  cause: 'fact',
  checks: [],
  ...more,
});
const cells = (...rows: ScorecardResultRow[]) =>
  linesOf(rows, ['readme', 'tests'], true)
    .trim()
    .split('\r\n')
    .map(line => line.split(','));

describe('a line of the CSV file', () => {
  it('tells what is held, excused, or to come from what is simply so', () => {
    const states = (...checks: Partial<ScorecardResultRow['checks'][0]>[]) =>
      cells(
        row({
          checks: checks.map((check, index) => ({
            id: ['readme', 'tests'][index],
            state: 'unknown',
            ...check,
          })),
        }),
      )[1].slice(-2);
    expect(states({}, { held: true, underlying: 'pass' })).toEqual([
      'unknown',
      'unknown (held: pass)',
    ]);
    expect(
      states(
        { state: 'exempt', underlying: 'fail' },
        { state: 'upcoming', underlying: 'warn' },
      ),
    ).toEqual(['exempt (fail)', 'upcoming (warn)']);
    expect(states({ state: 'pass' })).toEqual(['pass', '']);
  });

  it('tells no level from not rated, and says what is owed', () => {
    const [header, ...lines] = cells(
      row({ debt: { active: 2, nextExpiry: '2026-04-30T12:00:00.000Z' } }),
      row({ level: null, levelTitle: null, rank: -1 }),
      row({ rated: false, level: null, levelTitle: null, rank: null }),
    );
    const of = (column: string) =>
      lines.map(line => line[header.indexOf(column)]);
    expect(of('level')).toEqual(['bronze', 'none', 'unrated']);
    expect(of('debt')).toEqual(['2', '0', '0']);
    expect(of('nextExpiry')).toEqual(['2026-04-30T12:00:00.000Z', '', '']);
  });
});
