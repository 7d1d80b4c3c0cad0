import { Entity } from '@backstage/catalog-model';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { userInfoServiceFactory } from '@backstage/backend-defaults/userInfo';
import { authServiceFactory } from '@backstage/backend-defaults/auth';
import { httpAuthServiceFactory } from '@backstage/backend-defaults/httpAuth';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import authModuleWaymark from '..';

export const APP_URL = 'http://localhost:7007';

/** A real auth backend with our module, whose catalog holds `entities`. */
export async function startAuthBackend(options: {
  entities: Entity[];
  config: { auth: JsonObject; waymark?: JsonObject };
  clock?: ManualClock;
}) {
  const clock = options.clock ?? ManualClock.at('2026-06-01T08:00:00Z');
  return startTestBackend({
    features: [
      authPlugin,
      authModuleWaymark,
      catalogServiceMock.factory({ entities: options.entities }),
      clock.factory(),
      authServiceFactory,
      httpAuthServiceFactory,
      userInfoServiceFactory,
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: APP_URL },
          backend: { baseUrl: APP_URL },
          ...options.config,
        },
      }),
    ],
  });
}

export function user(
  name: string,
  options: { email?: string; memberOf?: string[] } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: {
      profile: { displayName: `The ${name}`, email: options.email },
      memberOf: options.memberOf ?? [],
    },
    relations: (options.memberOf ?? []).map(team => ({
      type: 'memberOf',
      targetRef: `group:default/${team}`,
    })),
  };
}

export function group(name: string, children: string[] = []): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children },
    relations: children.map(child => ({
      type: 'parentOf',
      targetRef: `group:default/${child}`,
    })),
  };
}
