import { serveTo } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { pushOperations } from '../http/pushOperations';
import { PushAuthenticator } from '../intake/tokens';
import { DeliveryIntake } from './DeliveryIntake';

/** What {@link createDeliveryRouter} needs. */
export interface DeliveryRouterOptions {
  delivery: DeliveryIntake;
  authenticator: PushAuthenticator;
}

/**
 * `POST /delivery/events`. Has to be mounted before any parser of bodies, with {@link PUSH_AUTH_POLICIES}.
 */
export function createDeliveryRouter({
  delivery,
  authenticator,
}: DeliveryRouterOptions): express.Router {
  const router = Router();
  serveTo(
    router,
    request => authenticator.authenticate(request),
    pushOperations.reportDelivery,
    async ({ credentials, body }) => ({
      items: await delivery.write(body.events, credentials),
    }),
  );
  return router;
}
