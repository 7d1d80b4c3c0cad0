import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Item } from '../../src/items/item.ts';
import { startApp, type TestApp } from '../support/app.ts';

interface Page {
  items: Item[];
  nextCursor?: string;
}

const PROBLEM = /^application\/problem\+json(;|$)/;

let app: TestApp;
before(async () => {
  app = await startApp();
});
after(() => app.close());

describe('items', () => {
  it('are created, found and paged through', async () => {
    const names = Array.from({ length: 5 }, (_, n) => `item ${n}`);
    for (const name of names) {
      const created = await app.post('/v1/items', { name });
      assert.equal(created.status, 201);
      const item = (await created.json()) as Item;
      assert.equal(created.headers.get('location'), `/v1/items/${item.id}`);
      const found = await app.get(`/v1/items/${item.id}`);
      assert.deepEqual(await found.json(), item);
    }

    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query: string = cursor === undefined ? 'limit=2' : `limit=2&cursor=${cursor}`;
      const page = (await (await app.get(`/v1/items?${query}`)).json()) as Page;
      assert.ok(page.items.length <= 2);
      seen.push(...page.items.map(({ name }) => name));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    assert.deepEqual(seen.toSorted(), names);
  });

  for (const query of ['limit=0', 'limit=101', 'limit=x', 'limit=1&limit=2', 'cursor=x']) {
    it(`refuse ?${query}`, async () => {
      const answer = await app.get(`/v1/items?${query}`);
      assert.equal(answer.status, 400);
      const problem = (await answer.json()) as { errors: { parameter: string }[] };
      assert.equal(problem.errors[0]?.parameter, query.split('=')[0]);
    });
  }
});

describe('problems', () => {
  it('name the part of the body that is wrong', async () => {
    const answer = await app.post('/v1/items', { name: '' });
    assert.equal(answer.status, 400);
    assert.match(answer.headers.get('content-type') ?? '', PROBLEM);
    const { requestId, errors, ...problem } = (await answer.json()) as Record<string, unknown>;
    assert.deepEqual(problem, {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'The body of the request is not valid.',
    });
    assert.equal(requestId, answer.headers.get('x-request-id'));
    assert.equal((errors as { pointer: string }[])[0]?.pointer, '/name');
  });

  const wrong: [string, string, number, string?][] = [
    ['broken JSON', '{"name":', 400],
    ['JSON with something after it', '{"name":"x"} {}', 400],
    ['an empty body', '', 400],
    ['a prototype', '{"__proto__":{"x":1},"name":"x"}', 400],
    ['an unknown property', '{"name":"x","admin":true}', 400],
    ['more than 64 KiB', JSON.stringify({ name: 'x'.repeat(64 * 1024) }), 413],
    ['text', 'x', 415, 'text/plain'],
    ['a form', 'name=x', 415, 'application/x-www-form-urlencoded'],
  ];
  for (const [what, body, status, type = 'application/json'] of wrong) {
    it(`answer ${what} with ${status}`, async () => {
      const answer = await app.post('/v1/items', body, { 'content-type': type });
      assert.equal(answer.status, status);
      assert.match(answer.headers.get('content-type') ?? '', PROBLEM);
    });
  }

  for (const path of ['/', '/v1/items/', '/v1/items/x', '/v2', '/%', '/..%2f..%2fetc/passwd']) {
    it(`answer GET ${path} without details of the inside`, async () => {
      const answer = await app.get(path);
      assert.ok([400, 404].includes(answer.status));
      assert.match(answer.headers.get('content-type') ?? '', PROBLEM);
    });
  }
});

describe('paths and methods', () => {
  const unknown: [string, string, number, string | null][] = [
    ['GET', '/v1', 404, null],
    ['DELETE', '/v1/items/x/y', 404, null],
    ['DELETE', '/v1/items', 405, 'GET, HEAD, POST'],
    ['PUT', '/v1/items/x?y=1', 405, 'GET, HEAD'],
    ['POST', '/readyz', 405, 'GET, HEAD'],
  ];
  for (const [method, path, status, allow] of unknown) {
    it(`answer ${method} ${path} with ${status}`, async () => {
      const answer = await fetch(app.url + path, { method });
      assert.equal(answer.status, status);
      assert.equal(answer.headers.get('allow'), allow);
      assert.match(answer.headers.get('content-type') ?? '', PROBLEM);
    });
  }
});

describe('observability', () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

  it('logs a request with its trace and its id', async () => {
    const answer = await app.get('/v1/items?limit=1', {
      traceparent: `00-${traceId}-00f067aa0ba902b7-01`,
      'x-request-id': 'from-the-client',
    });
    await answer.arrayBuffer();
    assert.equal(answer.headers.get('x-request-id'), 'from-the-client');

    const line = app.logs.find(({ request_id }) => request_id === 'from-the-client');
    assert.ok(line);
    const { time, span_id, duration_ms, ...rest } = line;
    assert.deepEqual(rest, {
      level: 'info',
      service: 'test',
      msg: 'request',
      request_id: 'from-the-client',
      trace_id: traceId,
      method: 'GET',
      route: '/v1/items',
      status: 200,
    });
    assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    assert.match(String(span_id), /^[0-9a-f]{16}$/);
    assert.equal(typeof duration_ms, 'number');
  });

  it('does not take an id from a client that could forge log lines', async () => {
    const answer = await app.get('/healthz', { 'x-request-id': 'a b"c' });
    assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
  });

  it('counts requests by route, not by address', async () => {
    const { id } = (await (await app.post('/v1/items', { name: 'x' })).json()) as Item;
    await (await app.get(`/v1/items/${id}`)).arrayBuffer();
    await (await app.get('/nothing/here')).arrayBuffer();

    const metrics = await (await app.get('/metrics')).text();
    const has = (line: RegExp) => {
      assert.match(metrics, line);
    };
    has(/^http_requests_total\{method="GET",route="\/v1\/items\/\{id\}",code="200"\} \d+$/m);
    has(/^http_requests_total\{method="GET",route="unmatched",code="404"\} \d+$/m);
    has(
      /^http_request_duration_seconds_bucket\{le="10",method="POST",route="\/v1\/items",code="201"\}/m,
    );
    has(/^http_requests_in_flight 1$/m);
    has(/^build_info\{version="1\.2\.3",revision="abcdef",runtime="node[\d.]+"\} 1$/m);
    has(/^nodejs_eventloop_lag_seconds /m);
    has(/^process_resident_memory_bytes /m);
    assert.ok(!metrics.includes(id) && !metrics.includes('/nothing'));
  });
});
