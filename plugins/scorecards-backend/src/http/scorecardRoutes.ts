import { HttpAuthService } from '@backstage/backend-plugin-api';
import { InputError, NotFoundError } from '@backstage/errors';
import { scorecardsDefinitionReadPermission } from '@waymark/scorecards-common';
import { cursorOf, OperationCall, serve } from '@waymark/waymark-node';
import express from 'express';
import { EntityAccess } from '../access/EntityAccess';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { DefinitionReads } from '../reads/DefinitionReads';
import { filterProblem, ResultFilter, ResultList } from '../reads/ResultList';
import { RollupReads } from '../reads/RollupReads';
import { ReadOperations } from './operations';
import { resultsCsv } from './resultsCsv';

/** Results of one page of a CSV file while it is written. */
const CSV_PAGE = 500;

/** What the routes of scorecards need. */
export interface ScorecardRouteOptions {
  operations: ReadOperations;
  httpAuth: HttpAuthService;
  access: EntityAccess;
  definitions: DefinitionStore;
  definitionReads: DefinitionReads;
  list: ResultList;
  rollups: RollupReads;
}

/** `/scorecards/…` and `/fact-sources`. */
export function addScorecardRoutes(
  router: express.Router,
  options: ScorecardRouteOptions,
): void {
  const { operations, httpAuth, access, definitionReads, list } = options;
  const mayRead = ({
    credentials,
  }: Pick<OperationCall<unknown, unknown>, 'credentials'>) =>
    access.require(scorecardsDefinitionReadPermission, credentials);

  const inForce = async (name: string, asOf?: Date) => {
    const adopted = await options.definitions.byName('Scorecard', name, asOf);
    if (!adopted) {
      throw new NotFoundError(
        asOf
          ? `No scorecard "${name}" was in force at ${asOf.toISOString()}`
          : `There is no scorecard "${name}" in force`,
      );
    }
    return adopted;
  };

  serve(router, httpAuth, operations.listScorecards, async call => {
    await mayRead(call);
    return { items: await definitionReads.scorecards() };
  });

  serve(router, httpAuth, operations.getScorecard, async call => {
    await mayRead(call);
    const { name } = call.params;
    const items = await definitionReads.scorecards();
    const found = items.find(item => item.name === name);
    if (!found) throw new NotFoundError(`There is no scorecard "${name}"`);
    return found;
  });

  serve(router, httpAuth, operations.listFactSources, async call => {
    await mayRead(call);
    return { items: await definitionReads.factSources() };
  });

  serve(router, httpAuth, operations.listResults, async call => {
    await mayRead(call);
    const { cursor, limit, ...filter } = call.query;
    const { name } = call.params;
    const { spec } = await inForce(name, filter.asOf);
    const problem = filterProblem(filter, spec);
    if (problem) throw new InputError(problem);
    const readable = await access.reader(call.credentials);
    const page = (after: string | undefined, size: number) =>
      list.list(name, filter as ResultFilter, { after, limit: size }, readable);
    if (call.request.accepts(['application/json', 'text/csv']) === 'text/csv') {
      const { response } = call;
      response.type('text/csv').attachment(`${name}.csv`);
      let after = cursor;
      let isFirst = true;
      do {
        const some = await page(after, CSV_PAGE);
        response.write(resultsCsv(some.items, spec, isFirst));
        isFirst = false;
        after = some.after;
      } while (after !== undefined && !response.destroyed);
      response.end();
      return undefined;
    }
    const { items, after } = await page(cursor, limit);
    return { items, ...(after !== undefined && { cursor: cursorOf(after) }) };
  });

  serve(router, httpAuth, operations.getRollup, async call => {
    await mayRead(call);
    const { by, asOf } = call.query;
    const scorecard = await inForce(call.params.name, asOf);
    const readable = await access.reader(call.credentials);
    return options.rollups.rollup(scorecard, { by, asOf }, readable);
  });
}
