import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { createReadRouter } from '../http/createReadRouter';
import { readOperations } from '../http/operations';
import { createReadHandlers, createReads } from '../reads/createReads';
import { RollupFolder } from '../rollups';
import { createWorld } from './createWorld';

/** The engine, and its reads over HTTP. Everybody may do everything that `policy` does not decide otherwise. */
export async function createReadWorld(
  databases: TestDatabases,
  id: TestDatabaseId,
  start?: string,
) {
  const world = await createWorld(databases, id, start);
  const { knex, clock } = world;
  const policy: Record<string, PolicyDecision> = {};
  const decide = (permission: string) =>
    policy[permission] ?? { result: AuthorizeResult.ALLOW };
  const operations = readOperations(clock);
  const folder = RollupFolder.create({ knex, logger: world.logger });
  const reads = createReads({
    ...world,
    permissions: mockServices.permissions.mock({
      authorize: async requests =>
        requests.map(({ permission }) => ({
          result: decide(permission.name).result as AuthorizeResult.ALLOW,
        })),
      authorizeConditional: async requests =>
        requests.map(({ permission }) => decide(permission.name)),
    }),
  });
  const handlers = createReadHandlers(reads, {
    health: { list: async () => [] },
    evaluator: {
      evaluate: async () => {
        await world.engine.runOnce();
      },
    },
  });
  const router = createReadRouter({
    operations,
    handlers,
    httpAuth: mockServices.httpAuth(),
    clock,
  });
  const app = express().use(router).use(mockErrorHandler());
  /** Answers as the interface says, and nothing else. */
  async function ask<Name extends keyof typeof operations>(
    name: Name,
    path: string,
    options: { body?: object; service?: boolean } = {},
  ) {
    const { method, answer } = operations[name];
    const credentials = options.service
      ? mockCredentials.service.header()
      : mockCredentials.user.header();
    const response = await request(app)
      [method as 'get' | 'post'](path)
      .set('Authorization', credentials)
      .send(options.body);
    expect([response.status, response.body]).toEqual([200, response.body]);
    expect(answer.parse(response.body)).toEqual(response.body);
    return response.body;
  }
  const refused = async (
    path: string,
    token = mockCredentials.user.header(),
  ) => {
    const { status, body } = await request(app)
      .get(path)
      .set('Authorization', token);
    return [status, body.error.message];
  };
  return { ...world, reads, app, ask, refused, policy, folder };
}
