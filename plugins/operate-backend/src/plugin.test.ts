import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { Entity } from '@backstage/catalog-model';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { OperateAnswer, operateAnswerSchema } from '@waymark/operate-common';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import request from 'supertest';
import { operatePlugin } from './plugin';

const host = 'forge.example';
const api = 'https://forge.example/api/v3';

const schedule = `
apiVersion: waymark.dev/v1
kind: OnCallSchedule
metadata: { name: checkout, title: Checkout on-call }
spec:
  timeZone: Europe/Paris
  layers:
    - { name: primary, start: 2026-01-05T09:00, every: P7D, members: [user:default/dev-checkout, user:default/gone] }
  escalation: { after: PT15M, to: group:default/payments }
`;
const slo = `
apiVersion: openslo/v1
kind: SLO
metadata: { name: availability, displayName: Availability }
spec:
  timeWindow: [{ duration: 28d, isRolling: true }]
  objectives: [{ target: 0.999 }]
`;

function component(
  name: string,
  annotations: Record<string, string>,
  owner = 'group:default/checkout',
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service', lifecycle: 'production', owner },
    relations: [{ type: 'ownedBy', targetRef: owner }],
  };
}

const inRepository = (path: string) => ({
  'backstage.io/managed-by-location': `url:https://${host}/acme/shop/blob/main/${path}catalog-info.yaml`,
});

const entities: Entity[] = [
  component('full', {
    ...inRepository('services/full/'),
    'waymark.dev/on-call': 'acme/on-call#checkout.yaml',
    'waymark.dev/runbook': 'docs/runbook.md',
    'waymark.dev/slo': 'slo.yaml',
    'waymark.dev/dashboard': 'https://grafana.example/d/full',
    'waymark.dev/slack-channel': '#checkout',
  }),
  component('bare', inRepository(''), 'group:default/lonely'),
  component('heir', inRepository('services/heir/')),
  component('broken', {
    ...inRepository('services/broken/'),
    'waymark.dev/on-call': 'acme/on-call#broken.yaml',
    'waymark.dev/runbook': 'docs/none.md',
    'waymark.dev/slo': '../../etc/passwd',
    'waymark.dev/dashboard': 'http://169.254.169.254/latest',
    'waymark.dev/slack-channel': 'checkout',
  }),
  component('elsewhere', {
    ...inRepository('services/elsewhere/'),
    'waymark.dev/on-call': 'https://paging.example/schedules/1',
  }),
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name: 'checkout' },
    spec: { type: 'team', profile: { displayName: 'Checkout team' } },
    relations: [{ type: 'childOf', targetRef: 'group:default/payments' }],
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: {
      name: 'payments',
      annotations: {
        'backstage.io/managed-by-location': `url:https://${host}/acme/portal/blob/main/catalog/org/units.yaml`,
        'waymark.dev/on-call': 'acme/on-call#checkout.yaml',
        'waymark.dev/slack-channel': '#payments',
      },
    },
    spec: { type: 'unit', profile: { displayName: 'Payments' } },
  },
  {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: {
      name: 'dev-checkout',
      annotations: { 'github.com/user-login': 'dev-checkout' },
    },
    spec: { profile: { displayName: 'Mina Okafor' } },
  },
];

const files: Record<string, string> = {
  '/repos/acme/on-call/contents/checkout.yaml?ref=HEAD': schedule,
  '/repos/acme/on-call/contents/broken.yaml?ref=HEAD': schedule.replace(
    'Europe/Paris',
    'Paris',
  ),
  '/repos/acme/shop/contents/services/full/docs/runbook.md?ref=main':
    '# When checkout is down\n',
  '/repos/acme/shop/contents/services/full/slo.yaml?ref=main': slo,
};

const requests: Request[] = [];
const forge = setupServer(
  http.get(`${api}/repos/:owner/:repo/contents/*`, ({ request: received }) => {
    requests.push(received);
    const url = new URL(received.url);
    const text = files[url.pathname.slice('/api/v3'.length) + url.search];
    if (text === undefined) {
      return HttpResponse.json({ message: 'Not Found' }, { status: 404 });
    }
    const etag = `"${text.length}"`;
    return received.headers.get('if-none-match') === etag
      ? new HttpResponse(null, { status: 304 })
      : HttpResponse.text(text, { headers: { etag } });
  }),
  http.get(`${api}/repos/acme/shop/commits`, ({ request: received }) => {
    requests.push(received);
    if (received.headers.get('if-none-match') === '"commits"') {
      return new HttpResponse(null, { status: 304 });
    }
    return HttpResponse.json(
      [
        {
          sha: 'a'.repeat(40),
          html_url: 'https://elsewhere.example/',
          author: { login: 'dev-checkout' },
          commit: {
            message: 'Retry the ledger\n\nBecause it times out.',
            author: { name: 'Mina', date: '2026-11-20T10:00:00Z' },
          },
        },
        {
          sha: 'b'.repeat(40),
          author: null,
          commit: {
            message: 'Bump',
            author: { name: 'A Stranger', date: '2026-11-19T10:00:00Z' },
          },
        },
      ],
      { headers: { etag: '"commits"' } },
    );
  }),
);

async function start(clock = ManualClock.at('2026-11-22T12:00:00Z')) {
  const { server } = await startTestBackend({
    features: [
      operatePlugin,
      catalogServiceMock.factory({ entities }),
      clock.factory(),
      mockServices.rootConfig.factory({
        data: {
          integrations: {
            github: [{ host, apiBaseUrl: api, token: 'forge-token' }],
          },
        },
      }),
    ],
  });
  return {
    clock,
    get: (name: string) =>
      request(server).get(`/api/operate/entities/component/default/${name}`),
    async answer(name: string): Promise<OperateAnswer> {
      const response = await this.get(name);
      expect(response.status).toBe(200);
      return operateAnswerSchema.parse(response.body);
    },
  };
}

describe('GET /api/operate/entities/:kind/:namespace/:name', () => {
  beforeAll(() =>
    forge.listen({
      onUnhandledRequest: (unhandled, print) => {
        if (!unhandled.url.includes('localhost')) {
          if (!unhandled.url.includes('127.0.0.1')) print.error();
        }
      },
    }),
  );
  beforeEach(() => {
    requests.length = 0;
  });
  afterAll(() => forge.close());

  it('answers an incident: on-call, runbook, SLO, dashboard, Slack, last changes', async () => {
    const backend = await start();
    const answer = await backend.answer('full');

    expect(answer).toMatchObject({
      entityRef: 'component:default/full',
      now: '2026-11-22T12:00:00.000Z',
      owner: { ref: 'group:default/checkout', name: 'Checkout team' },
      onCall: {
        title: 'Checkout on-call',
        timeZone: 'Europe/Paris',
        escalation: { after: 'PT15M', to: { name: 'Payments' } },
        source: {
          url: `https://${host}/acme/on-call/blob/HEAD/checkout.yaml`,
        },
      },
      runbook: {
        title: 'When checkout is down',
        url: `https://${host}/acme/shop/blob/main/services/full/docs/runbook.md`,
      },
      slo: {
        objectives: [
          { name: 'Availability', target: 0.999, window: '28d', rolling: true },
        ],
      },
      dashboards: [
        { title: 'grafana.example', url: 'https://grafana.example/d/full' },
      ],
      slack: { channel: '#checkout' },
      lastChanges: [
        {
          message: 'Retry the ledger',
          author: { ref: 'user:default/dev-checkout', name: 'Mina Okafor' },
          url: `https://${host}/acme/shop/commit/${'a'.repeat(40)}`,
        },
        { author: { name: 'A Stranger' } },
      ],
    });
    expect(answer.onCall!.shifts).toHaveLength(1);

    const commits = requests.find(({ url }) => url.includes('/commits'))!;
    expect(new URL(commits.url).searchParams.get('path')).toBe('services/full');
    expect(commits.headers.get('authorization')).toBe('token forge-token');
  });

  it('says who of a schedule is not in the catalog', async () => {
    const backend = await start(ManualClock.at('2026-01-13T12:00:00Z'));
    const { onCall, problems } = await backend.answer('full');

    expect(onCall!.shifts[0].person).toEqual({
      ref: 'user:default/gone',
      name: 'gone',
    });
    expect(problems).toContainEqual({
      part: 'onCall',
      severity: 'error',
      reason:
        'user:default/gone is on call (primary) but is not in the catalog.',
      fix: 'Correct the name in checkout.yaml.',
    });
  });

  it('takes on-call and Slack from the groups above when the entity names none', async () => {
    const backend = await start();
    const answer = await backend.answer('heir');

    expect(answer.onCall).toMatchObject({ inheritedFrom: 'Payments' });
    expect(answer.slack).toEqual({
      channel: '#payments',
      inheritedFrom: 'Payments',
    });
  });

  it('says what is missing and how to add it', async () => {
    const backend = await start();
    const { problems, lastChanges } = await backend.answer('bare');

    expect(problems.map(({ part, severity }) => [part, severity])).toEqual([
      ['onCall', 'missing'],
      ['runbook', 'missing'],
      ['slo', 'missing'],
      ['dashboards', 'missing'],
      ['slack', 'missing'],
    ]);
    expect(problems[1].fix).toContain('waymark.dev/runbook');
    expect(lastChanges).toHaveLength(2);
  });

  it('links to a paging tool when on-call is not kept in Git', async () => {
    const backend = await start();
    const { onCall } = await backend.answer('elsewhere');

    expect(onCall).toEqual({
      shifts: [],
      source: {
        title: 'paging.example',
        url: 'https://paging.example/schedules/1',
      },
    });
  });

  it('answers the other parts when some are wrong, and follows no address outside the forge', async () => {
    const backend = await start();
    const answer = await backend.answer('broken');

    const reasons = Object.fromEntries(
      answer.problems.map(({ part, reason }) => [part, reason]),
    );
    expect(reasons).toEqual({
      onCall: expect.stringContaining(
        'spec.timeZone: must be an IANA time zone',
      ),
      runbook: expect.stringContaining('services/broken/docs/none.md'),
      slo: expect.stringContaining('waymark.dev/slo: must not hold ".."'),
      dashboards: expect.stringContaining('waymark.dev/dashboard'),
      slack: expect.stringContaining('"checkout" is not a channel name'),
    });
    expect(answer.lastChanges).toHaveLength(2);
    expect(requests.every(({ url }) => url.startsWith(api))).toBe(true);
  });

  it('reads a file again only after five seconds, and then by its ETag', async () => {
    const backend = await start();
    await backend.answer('full');
    const first = requests.length;
    await backend.answer('full');
    expect(requests).toHaveLength(first);

    backend.clock.advance('PT6S');
    expect((await backend.answer('full')).lastChanges).toHaveLength(2);
    const again = requests.slice(first);
    expect(again).toHaveLength(first);
    expect(again.every(received => received.headers.has('if-none-match'))).toBe(
      true,
    );
  });

  it('shows what a push changed', async () => {
    const backend = await start();
    const key = '/repos/acme/shop/contents/services/full/slo.yaml?ref=main';
    await backend.answer('full');
    files[key] = slo.replace('0.999', '0.99');
    backend.clock.advance('PT6S');

    const answer = await backend.answer('full');
    files[key] = slo;
    expect(answer.slo!.objectives[0].target).toBe(0.99);
  });

  it('refuses callers without credentials and does not tell unreadable from absent', async () => {
    const backend = await start();

    const anonymous = await backend
      .get('full')
      .set('authorization', 'Bearer mock-none-token');
    expect(anonymous.status).toBe(401);
    const absent = await backend.get('absent');
    expect(absent.status).toBe(404);
    expect(absent.body.error).toMatchObject({ name: 'NotFoundError' });
  });
});
