import { ScorecardResultRow, ScorecardSpec } from '@waymark/scorecards-common';
import { stringify } from 'csv-stringify/sync';

const SUMMARY = [
  'entityRef',
  'type',
  'owner',
  'level',
  'points',
  'confidence',
  'since',
  'cause',
] as const;

/**
 * Lines of a CSV file (RFC 4180), one column for each check. What a spreadsheet would take for a formula is escaped.
 *
 * @param header - whether the names of the columns come first
 */
export function resultsCsv(
  items: readonly ScorecardResultRow[],
  { checks }: Pick<ScorecardSpec, 'checks'>,
  header: boolean,
): string {
  const rows = items.map(item => {
    const states = new Map(item.checks.map(({ id, state }) => [id, state]));
    return [
      ...SUMMARY.map(column => item[column]),
      ...checks.map(({ id }) => states.get(id)),
    ];
  });
  return stringify(rows, {
    header,
    columns: [...SUMMARY, ...checks.map(({ id }) => `check:${id}`)],
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
