import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { parse } from 'yaml';
import { StoreUnavailableError } from '../../src/items/store.ts';
import { memoryBackend, startApp, type TestApp } from '../support/app.ts';

/** The part of OpenAPI 3.1 that openapi.yaml uses. */
interface Answer {
  $ref?: string;
  headers?: Record<string, { required?: boolean; schema: object }>;
  content?: Record<string, { schema: object }>;
}
interface Document {
  paths: Record<string, Record<string, { responses: Record<string, Answer> }>>;
  components: { responses: Record<string, Answer> };
}

const document = parse(
  readFileSync(new URL('../../openapi.yaml', import.meta.url), 'utf8'),
) as Document;
const ajv = new Ajv2020({ strict: false, allErrors: true, schemas: [{ ...document, $id: 'api' }] });
formats.default(ajv);

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, { responses }]) => ({
    name: `${method.toUpperCase()} ${path}`,
    responses,
  })),
);

let app: TestApp;
let draining: TestApp;
let broken: TestApp;
before(async () => {
  app = await startApp();
  draining = await startApp();
  draining.readiness.drain();
  const fail = () => Promise.reject(new StoreUnavailableError('out of order'));
  broken = await startApp({
    backend: { ...memoryBackend(), items: { create: fail, find: fail, list: fail } },
  });
});
after(() => Promise.all([app, draining, broken].map((it) => it.close())));

const someId = '01890a5d-ac96-774b-bcce-b302099a8057';
const plain = { 'content-type': 'text/plain' };

/** How to get each answer that is documented. A new operation or status needs a line here. */
const requests: Record<string, () => Promise<Response>> = {
  'GET /v1/items 200': async () => {
    await app.post('/v1/items', { name: 'one' });
    await app.post('/v1/items', { name: 'two' });
    return app.get('/v1/items?limit=1');
  },
  'GET /v1/items 400': () => app.get('/v1/items?limit=0'),
  'GET /v1/items 503': () => broken.get('/v1/items'),
  'POST /v1/items 201': () => app.post('/v1/items', { name: 'new' }),
  'POST /v1/items 400': () => app.post('/v1/items', { name: '' }),
  'POST /v1/items 413': () => app.post('/v1/items', { name: 'x'.repeat(70_000) }),
  'POST /v1/items 415': () => app.post('/v1/items', 'name', plain),
  'POST /v1/items 503': () => broken.post('/v1/items', { name: 'new' }),
  'GET /v1/items/{id} 200': async () => {
    const created = await app.post('/v1/items', { name: 'found' });
    return app.get(created.headers.get('location') ?? '');
  },
  'GET /v1/items/{id} 404': () => app.get(`/v1/items/${someId}`),
  'GET /v1/items/{id} 503': () => broken.get(`/v1/items/${someId}`),
  'GET /healthz 200': () => app.get('/healthz'),
  'GET /readyz 200': () => app.get('/readyz'),
  'GET /readyz 503': () => draining.get('/readyz'),
  'GET /metrics 200': () => app.get('/metrics'),
  'GET /openapi.yaml 200': () => app.get('/openapi.yaml'),
};

describe('openapi.yaml', () => {
  it('documents every route of the server, and no other', () => {
    const served = app.routes
      .filter(({ method }) => method !== 'HEAD') // follows from GET
      .map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
    assert.deepEqual(served.toSorted(), operations.map(({ name }) => name).toSorted());
  });

  it('has a request in this test for every answer that it documents', () => {
    const documented = operations.flatMap(({ name, responses }) =>
      Object.keys(responses).map((status) => `${name} ${status}`),
    );
    assert.deepEqual(Object.keys(requests).toSorted(), documented.toSorted());
  });

  for (const [key, request] of Object.entries(requests)) {
    it(`describes the answer of ${key}`, async () => {
      const [method, path, status] = key.split(' ');
      const operation = operations.find(({ name }) => name === `${method} ${path}`);
      const expected = resolve(operation?.responses[status ?? '']);
      const answer = await request();
      assert.equal(String(answer.status), status);

      for (const [name, { required, schema }] of Object.entries(expected.headers ?? {})) {
        const value = answer.headers.get(name);
        assert.ok(value !== null || !required, `${name} is missing`);
        if (value !== null) assertValid(schema, /^\d+$/.test(value) ? Number(value) : value);
      }

      const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
      const content = expected.content?.[type];
      assert.ok(content, `${type} is not documented`);
      // YAML reads JSON as well.
      const body = await answer.text();
      assertValid(content.schema, /json|yaml/.test(type) ? parse(body) : body);
    });
  }

  it('is what the server serves', async () => {
    assert.deepEqual(parse(await (await app.get('/openapi.yaml')).text()), document);
  });
});

function resolve(answer: Answer | undefined): Answer {
  const name = answer?.$ref?.split('/').at(-1);
  const resolved = name === undefined ? answer : document.components.responses[name];
  assert.ok(resolved, 'the answer is not documented');
  return resolved;
}

function assertValid(schema: object, value: unknown): void {
  // References inside the schema are relative to the document.
  const pointers = JSON.stringify(schema).replaceAll('"#/', '"api#/');
  const validate = ajv.compile(JSON.parse(pointers) as object);
  assert.ok(validate(value), `${ajv.errorsText(validate.errors)}: ${JSON.stringify(value)}`);
}
