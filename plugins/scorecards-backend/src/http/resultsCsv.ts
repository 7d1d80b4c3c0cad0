import {
  resultsFileName,
  ScorecardResultRow,
} from '@waymark/scorecards-common';
import { Clock, cursorParameter } from '@waymark/waymark-node';
import { stringify } from 'csv-stringify/sync';
import express from 'express';
import { HandlersOf, ReadCall } from './handlers';
import { ResultQuery } from './operations';
import { streamAnswer } from './streamAnswer';

/** Results that are read at a time while a file is written. */
const PAGE = 500;
const SUMMARY = [
  'entityRef',
  'type',
  'owner',
  'level',
  'points',
  'confidence',
  'since',
  'cause',
  'debt',
  'nextExpiry',
] as const;

/** Whether somebody asks for a CSV file rather than for JSON. */
export const wantsCsv = (request: express.Request) =>
  request.accepts(['application/json', 'text/csv']) === 'text/csv';

/** Answers with all that the filters let through, in one CSV file (RFC 4180), page by page. */
export async function writeCsv(
  call: ReadCall<ResultQuery> & { response: express.Response },
  {
    handlers,
    clock,
  }: { handlers: HandlersOf<'listResults' | 'getScorecard'>; clock: Clock },
): Promise<void> {
  const { response, params, query } = call;
  const { asOf = clock.now(), limit: _limit, ...filter } = query;
  const day = asOf.toISOString().slice(0, 'YYYY-MM-DD'.length);
  await streamAnswer(response, pages(call, handlers), () =>
    response
      .type('text/csv')
      .attachment(resultsFileName(params.name, day, filter)),
  );
}

async function* pages(
  call: ReadCall<ResultQuery>,
  handlers: HandlersOf<'listResults' | 'getScorecard'>,
): AsyncGenerator<string> {
  const { query } = call;
  const { spec } = await handlers.getScorecard({
    ...call,
    query: undefined,
    body: undefined,
  });
  let { cursor } = query;
  let checks: string[] | undefined;
  do {
    const { items, cursor: next } = await handlers.listResults({
      ...call,
      query: { ...query, limit: PAGE, cursor },
      body: undefined,
    });
    const isFirst = checks === undefined;
    checks ??= (items[0] ?? spec)?.checks.map(({ id }) => id) ?? [];
    yield linesOf(items, checks, isFirst);
    cursor = next === undefined ? undefined : cursorParameter.parse(next);
  } while (cursor !== undefined);
}

/** What a check says, and beside what does not count what it would say otherwise, or said when it was last known. */
function stateIn({
  state,
  underlying,
  held,
}: ScorecardResultRow['checks'][number]): string {
  if (!underlying) return state;
  return `${state} (${held ? 'held: ' : ''}${underlying})`;
}

const levelIn = ({ rated, level }: ScorecardResultRow) =>
  rated ? level ?? 'none' : 'unrated';

/**
 * One column for each check. What a spreadsheet would take for a formula is escaped.
 *
 * @param checks - ids, in the order of the columns
 */
export function linesOf(
  items: readonly ScorecardResultRow[],
  checks: readonly string[],
  header: boolean,
): string {
  const rows = items.map(item => {
    const states = new Map(
      item.checks.map(check => [check.id, stateIn(check)]),
    );
    const cells: Record<(typeof SUMMARY)[number], unknown> = {
      ...{ type: undefined, owner: undefined },
      ...item,
      level: levelIn(item),
      debt: item.debt?.active ?? 0,
      nextExpiry: item.debt?.nextExpiry,
    };
    return [
      ...SUMMARY.map(column => cells[column]),
      ...checks.map(id => states.get(id)),
    ];
  });
  return stringify(rows, {
    header,
    columns: [...SUMMARY, ...checks.map(id => `check:${id}`)],
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}
