import { HttpAuthService } from '@backstage/backend-plugin-api';
import { scorecardsDefinitionSimulatePermission } from '@waymark/scorecards-common';
import { cursorOf, PortalCredentials, serve } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { EntityAccess } from '../access/EntityAccess';
import { ReadableEntities } from '../reads/ReadableEntities';
import { goneSignal, OneAtATime } from '../simulation';
import { DefinitionFiles } from './DefinitionFiles';
import { labOperations } from './labOperations';
import { LatestOnly } from './LatestOnly';
import { RuleLab } from './RuleLab';

const MOST_WAITING = 20;

const personOf = ({ principal }: PortalCredentials) =>
  principal.type === 'user' ? principal.userEntityRef : principal.subject;

/** `/lab`: one answer at a time on each replica, and only the latest of each person. */
export function createLabRouter(options: {
  lab: Pick<RuleLab, 'answer' | 'prepare' | 'prove'>;
  files: Pick<DefinitionFiles, 'read'>;
  access: EntityAccess;
  readable: ReadableEntities;
  httpAuth: HttpAuthService;
}): express.Router {
  const { lab, files, access, readable, httpAuth } = options;
  const line = OneAtATime.create({ mostWaiting: MOST_WAITING });
  const latest = LatestOnly.create();
  const router = Router();
  serve(router, httpAuth, labOperations.answer, async call => {
    const { credentials, body, query, response } = call;
    await access.require(scorecardsDefinitionSimulatePermission, credentials);
    const { cursor, limit, ...filter } = query;
    const reader = await readable.reader(credentials);
    const gone = goneSignal(response);
    try {
      const { next, ...answer } = await latest.run(
        personOf(credentials),
        gone,
        signal =>
          line.run(
            () =>
              lab.answer(
                body,
                { filter, cursor, limit },
                { readable: reader, signal },
              ),
            signal,
          ),
      );
      return {
        ...answer,
        ...(next !== undefined && { cursor: cursorOf(next) }),
      };
    } catch (error) {
      if (gone.aborted) return undefined;
      throw error;
    }
  });
  serve(router, httpAuth, labOperations.proofs, async call => {
    const { credentials, body } = call;
    await access.require(scorecardsDefinitionSimulatePermission, credentials);
    return lab.prove(body, credentials);
  });
  serve(router, httpAuth, labOperations.definition, async call => {
    const { credentials, params } = call;
    await access.require(scorecardsDefinitionSimulatePermission, credentials);
    const { signal } = new AbortController();
    // While the file is read and shown; who asks before it has ended waits for it, and learns what is wrong.
    line.run(() => lab.prepare(params.name, signal), signal).catch(() => {});
    return files.read(params.name, credentials);
  });
  return router;
}
