import {
  coreServices,
  createBackendPlugin,
  HttpAuthService,
  HttpRouterService,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
  TestBackend,
} from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { Clock } from '@waymark/waymark-node';
import { PUSH_AUTH_POLICIES } from '../../http/pushOperations';
import { PushAuthenticator } from '../tokens';

/** What a test has to mount routers. */
export interface PushServices {
  authenticator: PushAuthenticator;
  httpAuth: HttpAuthService;
  httpRouter: HttpRouterService;
}

/**
 * A backend with nothing but what machines push to, below `/api/scorecards`, with Backstage's own router, barrier and
 * errors.
 *
 * @param push - the configuration `scorecards.push`
 */
export function startPush(options: {
  push: JsonObject;
  clock: Clock;
  mount: (services: PushServices) => void;
}): Promise<TestBackend> {
  const { push, clock, mount } = options;
  return startTestBackend({
    features: [
      createBackendPlugin({
        pluginId: 'scorecards',
        register(env) {
          env.registerInit({
            deps: {
              httpAuth: coreServices.httpAuth,
              httpRouter: coreServices.httpRouter,
              config: coreServices.rootConfig,
            },
            async init({ httpAuth, httpRouter, config }) {
              const authenticator = PushAuthenticator.fromConfig({
                config,
                httpAuth,
                clock,
              });
              mount({ authenticator, httpAuth, httpRouter });
              PUSH_AUTH_POLICIES.forEach(httpRouter.addAuthPolicy);
            },
          });
        },
      }),
      mockServices.httpAuth.factory({
        defaultCredentials: mockCredentials.none(),
      }),
      mockServices.rootConfig.factory({ data: { scorecards: { push } } }),
    ],
  });
}
