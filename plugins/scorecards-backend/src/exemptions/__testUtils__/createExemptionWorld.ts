import {
  BackstageCredentials,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { RELATION_MEMBER_OF } from '@backstage/catalog-model';
import { NotificationSendOptions } from '@backstage/plugin-notifications-node';
import {
  AuthorizeResult,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import express from 'express';
import request from 'supertest';
import { aSnapshot } from '../../__testUtils__/aSnapshot';
import { createReadWorld } from '../../__testUtils__/createReadWorld';
import { WRITTEN_BY_TESTS } from '../../__testUtils__/createWorld';
import { aFactSource, aScorecard } from '../../__testUtils__/definitions';
import { NoticeSender } from '../../notices';
import { createExemptions } from '../createExemptions';
import { exemptionOperations } from '../exemptionOperations';

export const START = '2026-03-01T12:00:00.000Z';
/** Says by whom a thing is owned, as the permissions of the test see it. */
export const TEAM = 'acme.example/team';
/** Nobody but security may read what has it. */
export const SECRET = 'acme.example/secret';

/** The people of the test, and the groups that they are members of. */
const PEOPLE: Record<string, string[]> = {
  'dev-checkout': ['checkout'],
  'dev-checkout-2': ['checkout'],
  'dev-ledger': ['ledger'],
  'platform-engineer': ['platform'],
  'security-1': ['security'],
  'on-leave-cover': [],
};

/** One of the people of the test. */
export type Person =
  | 'dev-checkout'
  | 'dev-checkout-2'
  | 'dev-ledger'
  | 'platform-engineer'
  | 'security-1'
  | 'on-leave-cover';

const condition = (
  rule: string,
  params: Record<string, string>,
): PolicyDecision => ({
  result: AuthorizeResult.CONDITIONAL,
  pluginId: 'catalog',
  resourceType: 'catalog-entity',
  conditions: { rule, resourceType: 'catalog-entity', params },
});

function decide(
  permission: string,
  { principal }: BackstageCredentials,
): PolicyDecision {
  const name = (principal as BackstageUserPrincipal).userEntityRef?.replace(
    'user:default/',
    '',
  );
  const [team] = PEOPLE[name] ?? [];
  if (permission === 'scorecards.exemption.request') {
    return team
      ? condition('HAS_ANNOTATION', { annotation: TEAM, value: team })
      : { result: AuthorizeResult.DENY };
  }
  if (permission === 'catalog.entity.read' && team === 'ledger') {
    const { conditions, ...rest } = condition('HAS_ANNOTATION', {
      annotation: SECRET,
    }) as PolicyDecision & { conditions: never };
    return { ...rest, conditions: { not: conditions } } as PolicyDecision;
  }
  return { result: AuthorizeResult.ALLOW };
}

const RULES = ['facts.git.readme', 'facts.git.tests > 3'];

/** A scorecard of two checks, the first of which is a gate in all but name. */
export const READINESS = aScorecard(
  'readiness',
  RULES,
  {
    exemptions: {
      maxDays: 90,
      also: [
        {
          when: 'facts.risk.tier >= 3',
          group: 'group:default/security',
        },
      ],
    },
  },
  { title: 'Readiness' },
);

export const GIT = aFactSource('git', {
  ...WRITTEN_BY_TESTS,
  staleAfter: 'P2D',
});
export const RISK = aFactSource('risk', {
  ...WRITTEN_BY_TESTS,
  staleAfter: 'P1Y',
  schema: {
    type: 'object',
    required: ['tier'],
    properties: { tier: { type: 'integer' } },
  },
});

/** The engine, its reads and exemptions over HTTP, with a small company of people who may different things. */
export async function createExemptionWorld(
  databases: TestDatabases,
  id: TestDatabaseId,
) {
  const world = await createReadWorld(databases, id, START);
  const { knex, clock, ledger, definitions } = world;
  const sent: NotificationSendOptions[] = [];
  const notifications = {
    send: async (options: NotificationSendOptions) => {
      sent.push(options);
    },
  };
  const replica = () => {
    const sender = NoticeSender.create({
      knex,
      clock,
      logger: world.logger,
      notifications,
    });
    const exemptions = createExemptions({
      onWritten: () => {},
      knex,
      clock,
      ledger,
      definitions,
      logger: world.logger,
      httpAuth: mockServices.httpAuth(),
      permissions: mockServices.permissions.mock({
        authorize: async requests =>
          requests.map(() => ({ result: AuthorizeResult.ALLOW })),
        authorizeConditional: async (requests, options) =>
          requests.map(({ permission }) =>
            decide(permission.name, options!.credentials),
          ),
      }),
    });
    return { ...exemptions, sender };
  };
  const { router, task, sender } = replica();
  const app = express().use(router).use(mockErrorHandler());

  /** Status and body of a request to exemptions. */
  async function call(
    as: Person | 'service',
    method: 'get' | 'post',
    path: string,
    body?: object,
  ) {
    const response = await request(app)
      [method](`/exemptions${path}`)
      .set(
        'Authorization',
        as === 'service'
          ? mockCredentials.service.header()
          : mockCredentials.user.header(`user:default/${as}`),
      )
      .send(body);
    return { status: response.status, body: response.body };
  }

  /** As {@link call}, where the answer is what the interface says. */
  async function ask(...args: Parameters<typeof call>) {
    const { status, body } = await call(...args);
    expect([status, body]).toEqual([
      args[1] === 'post' && args[2] === '' ? 201 : 200,
      body,
    ]);
    const { answer } =
      args[1] === 'get' && !/^\/\w/.test(args[2])
        ? exemptionOperations.listExemptions
        : exemptionOperations.getExemption;
    expect(answer.parse(body)).toEqual(body);
    return body;
  }

  const group = (name: string, annotations: Record<string, string> = {}) =>
    aSnapshot(name, { kind: 'group', type: 'team', annotations });
  const person = (name: string, teams: string[]) => {
    const snapshot = aSnapshot(name, { kind: 'user', type: undefined });
    const relations = teams.map(team => ({
      type: RELATION_MEMBER_OF,
      targetRef: `group:default/${team}`,
    }));
    return { ...snapshot, entity: { ...snapshot.entity, relations } };
  };
  await world.see(
    ...Object.entries(PEOPLE).map(([name, groups]) => person(name, groups)),
    aSnapshot('api', {
      title: 'Payout API',
      annotations: { [TEAM]: 'checkout' },
    }),
    aSnapshot('web', { annotations: { [TEAM]: 'checkout' } }),
    aSnapshot('books', { annotations: { [TEAM]: 'ledger' } }),
    group('checkout'),
    group('ledger'),
    group('platform', {
      'waymark.dev/exemption-delegates': 'on-leave-cover, group:default/nobody',
    }),
    group('security'),
  );
  await world.define(GIT, RISK, READINESS);

  /** What is sent to ask for an exemption, unless it is said otherwise. */
  const asked = (more: object = {}) => ({
    scorecard: 'readiness',
    check: 'check-1',
    subject: { entities: ['component:default/api'] },
    reason: 'The tests run in the old pipeline until it is gone',
    compensatingControl: 'They are run by hand before each release',
    plan: 'Moved with the next release',
    owner: 'group:default/checkout',
    expiresAt: '2026-04-30T12:00:00.000Z',
    ...more,
  });

  return {
    ...world,
    call,
    request: asked,
    askExemptions: ask,
    task,
    sender,
    sent,
    replica,
  };
}
