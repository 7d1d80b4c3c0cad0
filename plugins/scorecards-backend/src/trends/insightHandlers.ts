import { scorecardsDefinitionReadPermission } from '@waymark/scorecards-common';
import { EntityAccess } from '../access/EntityAccess';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { requireInForce } from '../definitions/requireInForce';
import { HandlersOf } from '../http/handlers';
import { ReadableEntities } from '../reads/ReadableEntities';
import { MoverReads } from './MoverReads';
import { TrendReads } from './TrendReads';

/** `/scorecards/:name/trend` and `/movers`. */
export function insightHandlers({
  access,
  definitions,
  readable,
  trends,
  movers,
}: {
  access: EntityAccess;
  definitions: DefinitionStore;
  readable: ReadableEntities;
  trends: TrendReads;
  movers: MoverReads;
}): HandlersOf<'getTrend' | 'listMovers'> {
  return {
    async getTrend({ credentials, params, query }) {
      await access.require(scorecardsDefinitionReadPermission, credentials);
      const scorecard = await requireInForce(
        definitions,
        params.name,
        query.to,
      );
      // The past also where it ends in the present: what was open may be closed today.
      const reader = await readable.reader(
        credentials,
        query.from ?? scorecard.validFrom,
      );
      return trends.trend(scorecard, query, reader);
    },

    async listMovers({ credentials, query }) {
      await access.require(scorecardsDefinitionReadPermission, credentials);
      const { scorecard } = query;
      const scorecards =
        scorecard === undefined
          ? (await definitions.inForce()).scorecards
          : [await requireInForce(definitions, scorecard)];
      const reader = await readable.reader(credentials, query.since);
      const moved = await movers.movers(scorecards, query, reader);
      return { scorecard: scorecard ?? null, ...moved };
    },
  };
}
