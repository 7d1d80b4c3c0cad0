import { HttpAuthService } from '@backstage/backend-plugin-api';
import { scorecardsDefinitionSimulatePermission } from '@waymark/scorecards-common';
import { cursorOf, serve } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { EntityAccess } from '../access/EntityAccess';
import { ReadableEntities } from '../reads/ReadableEntities';
import { goneSignal } from './goneSignal';
import { OneAtATime } from './OneAtATime';
import { simulationOperations } from './simulationOperations';
import { Simulator } from './Simulator';
import { placeOf } from './summary';

const MOST_WAITING = 5;

/** `/simulate`: one at a time on each replica, and no longer than somebody waits for it. */
export function createSimulationRouter(options: {
  simulator: Pick<Simulator, 'simulate'>;
  access: EntityAccess;
  readable: ReadableEntities;
  httpAuth: HttpAuthService;
}): express.Router {
  const { simulator, access, readable, httpAuth } = options;
  const line = OneAtATime.create({ mostWaiting: MOST_WAITING });
  const router = Router();
  serve(router, httpAuth, simulationOperations.simulate, async call => {
    const { credentials, body, query, response } = call;
    await access.require(scorecardsDefinitionSimulatePermission, credentials);
    const gone = goneSignal(response);
    const reader = await readable.reader(credentials);
    try {
      const { scorecard, asOf, summary, transitions } = await line.run(
        () => simulator.simulate(body, reader, gone),
        gone,
      );
      const { cursor, limit } = query;
      const rest =
        cursor === undefined
          ? transitions
          : transitions.filter(one => placeOf(one) > cursor);
      const page = rest.slice(0, limit);
      return {
        scorecard,
        asOf: asOf.toISOString(),
        summary,
        transitions: page,
        ...(rest.length > limit && { cursor: cursorOf(placeOf(page.at(-1)!)) }),
      };
    } catch (error) {
      if (gone.aborted) return undefined;
      throw error;
    }
  });
  return router;
}
