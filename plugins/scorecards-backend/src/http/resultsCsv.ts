import { ScorecardResultRow } from '@waymark/scorecards-common';
import { cursorParameter } from '@waymark/waymark-node';
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
] as const;

/** Whether somebody asks for a CSV file rather than for JSON. */
export const wantsCsv = (request: express.Request) =>
  request.accepts(['application/json', 'text/csv']) === 'text/csv';

/** Answers with all that the filters let through, in one CSV file (RFC 4180), page by page. */
export async function writeCsv(
  call: ReadCall<ResultQuery> & { response: express.Response },
  handlers: HandlersOf<'listResults' | 'getScorecard'>,
): Promise<void> {
  const { response, params } = call;
  await streamAnswer(response, pages(call, handlers), () =>
    response.type('text/csv').attachment(`${params.name}.csv`),
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
    yield lines(items, checks, isFirst);
    cursor = next === undefined ? undefined : cursorParameter.parse(next);
  } while (cursor !== undefined);
}

/** One column for each check. What a spreadsheet would take for a formula is escaped. */
function lines(
  items: readonly ScorecardResultRow[],
  checks: readonly string[],
  header: boolean,
): string {
  const rows = items.map(item => {
    const states = new Map(item.checks.map(({ id, state }) => [id, state]));
    return [
      ...SUMMARY.map(column => item[column]),
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
