import {
  HttpAuthService,
  HttpRouterService,
  RootConfigService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { serve, serveTo } from '@waymark/waymark-node';
import express from 'express';
import Router from 'express-promise-router';
import { badgeOperation } from './badgeOperation';
import { BadgeRequest, Badges } from './Badges';
import { readPublicBadges } from './config';
import { BadgeScore, drawBadge } from './drawBadge';

// A README is shown far more often than a level changes.
const PUBLIC = 'public, max-age=300';
const PRIVATE = 'private, max-age=60';

/**
 * The badges, as the configuration has them. A README on a forge cannot say who looks at it, so that anonymous reading is a
 * choice of its own.
 */
export function createBadgeRouter(options: {
  config: RootConfigService;
  httpAuth: HttpAuthService;
  httpRouter: Pick<HttpRouterService, 'addAuthPolicy'>;
  badges: Badges;
}): express.Router {
  const { config, httpAuth, httpRouter, badges } = options;
  const router = Router();
  const isOpen = readPublicBadges(config);
  if (!isOpen) {
    serve(
      router,
      httpAuth,
      badgeOperation,
      async ({ params, query, credentials, response }) => {
        const request = requestOf(params, query);
        send(response, await badges.forReader(request, credentials), PRIVATE);
        return undefined;
      },
    );
    return router;
  }
  httpRouter.addAuthPolicy({
    path: badgeOperation.path,
    allow: 'unauthenticated',
  });
  // The same for everybody, so that caches between may keep it.
  serveTo(
    router,
    async () => undefined,
    badgeOperation,
    async ({ params, query, response }) => {
      response.setHeader('Cross-Origin-Resource-Policy', 'cross-origin');
      const request = requestOf(params, query);
      send(response, await badges.forAnybody(request, isOpen), PUBLIC);
      return undefined;
    },
  );
  return router;
}

function requestOf(
  { kind, namespace, name }: Record<string, string>,
  { scorecard }: { scorecard: string },
): BadgeRequest {
  return { ref: stringifyEntityRef({ kind, namespace, name }), scorecard };
}

function send(
  response: express.Response,
  score: BadgeScore | undefined,
  cacheControl: string,
): void {
  response
    .type(badgeOperation.mediaType!)
    .setHeader('Cache-Control', cacheControl)
    // Express makes the ETag, and answers 304 to who has it.
    .send(drawBadge(score));
}
