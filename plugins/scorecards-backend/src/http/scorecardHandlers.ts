import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';
import {
  scorecardsCollectorReadPermission,
  scorecardsDefinitionReadPermission,
} from '@waymark/scorecards-common';
import { cursorOf } from '@waymark/waymark-node';
import { EntityAccess } from '../access/EntityAccess';
import { CollectorHealthReader } from '../collectors';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { requireInForce } from '../definitions/requireInForce';
import { ChangeReads } from '../reads/ChangeReads';
import { ReplayedHistory } from '../history/ReplayedHistory';
import { DefinitionReads } from '../reads/DefinitionReads';
import { ReadableEntities } from '../reads/ReadableEntities';
import { ResultList } from '../reads/ResultList';
import { filterProblem } from '../reads/resultQueries';
import { RollupReads } from '../reads/RollupReads';
import { HandlersOf, ReadCall } from './handlers';

/** What the handlers of scorecards need. */
export interface ScorecardHandlerOptions {
  access: EntityAccess;
  definitions: DefinitionStore;
  definitionReads: DefinitionReads;
  readable: ReadableEntities;
  list: ResultList;
  rollups: RollupReads;
  changes: ChangeReads;
  health: Pick<CollectorHealthReader, 'list'>;
  replayed: Pick<ReplayedHistory, 'interval'>;
}

/** `/scorecards/…`, `/fact-sources`, `/collectors` and `/changes`. */
export function scorecardHandlers({
  access,
  definitions,
  definitionReads,
  readable,
  list,
  rollups,
  changes,
  health,
  replayed,
}: ScorecardHandlerOptions): HandlersOf<
  | 'listScorecards'
  | 'getScorecard'
  | 'listFactSources'
  | 'listResults'
  | 'getRollup'
  | 'listCollectors'
  | 'listChanges'
> {
  const mayRead = ({ credentials }: ReadCall) =>
    access.require(scorecardsDefinitionReadPermission, credentials);

  const inForce = (name: string, asOf?: Date) =>
    requireInForce(definitions, name, asOf);

  return {
    async listScorecards(call) {
      await mayRead(call);
      const interval = await replayed.interval();
      return {
        items: await definitionReads.scorecards(),
        ...(interval && {
          demo: {
            from: interval.from.toISOString(),
            until: interval.to.toISOString(),
          },
        }),
      };
    },

    async getScorecard(call) {
      await mayRead(call);
      const { name } = call.params;
      const items = await definitionReads.scorecards();
      const found = items.find(item => item.name === name);
      if (!found) throw new NotFoundError(`There is no scorecard "${name}"`);
      return found;
    },

    async listFactSources(call) {
      await mayRead(call);
      return { items: await definitionReads.factSources() };
    },

    async listResults(call) {
      await mayRead(call);
      const { cursor, limit, ...filter } = call.query;
      const { name } = call.params;
      const { spec } = await inForce(name, filter.asOf);
      const problem = filterProblem(filter, spec);
      if (problem) throw new InputError(problem);
      const reader = await readable.reader(call.credentials, filter.asOf);
      const { items, after } = await list.list(
        name,
        filter,
        { after: cursor, limit },
        reader,
      );
      return { items, ...(after !== undefined && { cursor: cursorOf(after) }) };
    },

    async getRollup(call) {
      await mayRead(call);
      const { by, asOf, cursor, limit } = call.query;
      const scorecard = await inForce(call.params.name, asOf);
      const reader = await readable.reader(call.credentials, asOf);
      const { rollup, after } = await rollups.rollup(
        scorecard,
        { by, asOf, after: cursor, limit },
        reader,
      );
      return {
        ...rollup,
        ...(after !== undefined && { cursor: cursorOf(after) }),
      };
    },

    async listCollectors(call) {
      await access.require(scorecardsCollectorReadPermission, call.credentials);
      return { items: await health.list() };
    },

    async listChanges(call) {
      await mayRead(call);
      const { all } = await access.reader(call.credentials);
      if (!all) {
        throw new NotAllowedError(
          'The feed of changes is for those who may read every entity',
        );
      }
      return changes.changes(call.query.after, call.query.limit);
    },
  };
}
