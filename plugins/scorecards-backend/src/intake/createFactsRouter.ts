import { JsonObject } from '@backstage/types';
import { FactPushAnswer, PushedFact } from '@waymark/scorecards-common';
import { serveTo } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { Knex } from 'knex';
import { createHash } from 'node:crypto';
import { transact } from '../database/transact';
import { pushOperations } from '../http/pushOperations';
import { IncomingFact } from './checkFact';
import { FactIntake } from './FactIntake';
import { IdempotencyKeys } from './IdempotencyKeys';
import { PushAuthenticator } from './tokens';
import { nameOf } from './writers';

/** What {@link createFactsRouter} needs. */
export interface FactsRouterOptions {
  knex: Knex;
  intake: FactIntake;
  keys: IdempotencyKeys;
  authenticator: PushAuthenticator;
}

/**
 * `POST /facts`. Has to be mounted before any parser of bodies, with {@link PUSH_AUTH_POLICIES}.
 */
export function createFactsRouter(options: FactsRouterOptions): express.Router {
  const { knex, intake, keys, authenticator } = options;
  const { pushFacts } = pushOperations;
  const router = Router();
  serveTo(
    router,
    request => authenticator.authenticate(request),
    pushFacts,
    async ({ credentials: writer, headers, body, rawBody }) => {
      const prepare = async () => {
        const accepted = await intake.accept(
          body.facts.map(toIncoming),
          writer,
        );
        return async (tx: Knex.Transaction): Promise<FactPushAnswer> => {
          const written = await intake.record(tx, accepted);
          return {
            items: written.map(({ source, outcome }, index) => ({
              entityRef: body.facts[index].entityRef,
              source,
              outcome,
            })),
          };
        };
      };
      const key = headers['idempotency-key'];
      if (key === undefined) {
        return transact(knex, await prepare());
      }
      return keys.once(
        {
          writer: nameOf(writer),
          operation: `${pushFacts.method} ${pushFacts.path}`,
          key,
          bodyHash: createHash('sha256').update(rawBody!).digest('hex'),
        },
        prepare,
      );
    },
  );
  return router;
}

function toIncoming({
  observedAt,
  payload,
  ...fact
}: PushedFact): IncomingFact {
  return {
    ...fact,
    // It came as JSON.
    payload: payload as JsonObject,
    observedAt: new Date(observedAt),
  };
}
