import SwaggerParser from '@apidevtools/swagger-parser';
import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import { AuthenticationError } from '@backstage/errors';
import express from 'express';
import Router from 'express-promise-router';
import request from 'supertest';
import { z } from 'zod';
import { openApiDocument } from './openApiDocument';
import { defineOperation, Operation, serve, serveTo } from './operation';
import { limitParameter } from './parse';

interface Tree {
  value: number;
  children: Tree[];
}

const tree: z.ZodType<Tree> = z
  .strictObject({
    value: z.number(),
    get children() {
      return z.array(tree);
    },
  })
  .meta({ id: 'Tree' });

const getTree = defineOperation({
  method: 'get',
  path: '/trees/:name',
  summary: 'A tree',
  principals: ['user'],
  query: z.strictObject({ limit: limitParameter }),
  answer: z.strictObject({ limit: z.int(), tree }),
});

const plant = defineOperation({
  method: 'post',
  path: '/trees',
  summary: 'Plants a tree',
  principals: ['service'],
  body: z.strictObject({ tree }),
  status: 201,
  answer: z.strictObject({ value: z.number() }),
});

const water = defineOperation({
  method: 'post',
  path: '/water',
  summary: 'Waters trees',
  principals: ['machine'],
  headers: z.object({ 'idempotency-key': z.string().max(3).optional() }),
  body: z.strictObject({ litres: z.array(z.int()).max(30) }),
  bodyLimit: 200,
  answer: z.strictObject({
    key: z.string().optional(),
    bytes: z.int(),
    by: z.string(),
  }),
});

async function gardener({ headers }: express.Request): Promise<string> {
  if (headers.authorization !== 'Bearer rake') {
    throw new AuthenticationError('Missing rake');
  }
  return 'gardener';
}

function app() {
  const router = Router();
  const httpAuth = mockServices.httpAuth();
  serveTo(
    router,
    gardener,
    water,
    async ({ credentials, headers, rawBody }) => ({
      key: headers['idempotency-key'],
      bytes: rawBody!.length,
      by: credentials,
    }),
  );
  router.use(express.json());
  serve(router, httpAuth, getTree, async ({ query, params }) => ({
    limit: query.limit,
    tree: { value: params.name.length, children: [] },
  }));
  serve(router, httpAuth, plant, async ({ body }) => ({
    value: body.tree.value,
  }));
  return express().use(router).use(mockErrorHandler());
}

describe('an operation', () => {
  it('answers a request that fits', async () => {
    const { status, body } = await request(app()).get('/trees/oak?limit=7');
    expect(status).toBe(200);
    expect(body).toEqual({ limit: 7, tree: { value: 3, children: [] } });
  });

  it('names field and reason of a request that does not', async () => {
    const tooMany = await request(app()).get('/trees/oak?limit=501');
    expect(tooMany.status).toBe(400);
    expect(tooMany.body.error.message).toMatch(/^limit: /);
    const unheardOf = await request(app()).get('/trees/oak?colour=red');
    expect(unheardOf.status).toBe(400);
    expect(unheardOf.body.error.message).toContain('colour');
  });

  it('lets in those whom it is for', async () => {
    const { status } = await request(app())
      .post('/trees')
      .send({ tree: { value: 1, children: [] } });
    expect(status).toBe(403);
  });

  it('takes headers, and a body as it came, from a machine', async () => {
    const { status, body } = await request(app())
      .post('/water')
      .set('Authorization', 'Bearer rake')
      .set('Idempotency-Key', 'abc')
      .set('Content-Type', 'application/json')
      .send('{ "litres":  [1] }');
    expect(status).toBe(200);
    expect(body).toEqual({ key: 'abc', bytes: 18, by: 'gardener' });
  });

  it.each<[string, number, RegExp, Record<string, string>, string]>([
    [
      'a long header',
      400,
      /^idempotency-key: must have at most 3 characters$/,
      { 'Idempotency-Key': 'abcd' },
      '{"litres":[1]}',
    ],
    [
      'an item',
      400,
      /^litres\[1\]: must be a number, not text$/,
      {},
      '{"litres":[1,"2"]}',
    ],
    [
      'many items',
      400,
      /^litres: must have at most 30 entries$/,
      {},
      `{"litres":[${Array(31).fill(1)}]}`,
    ],
    [
      'many problems',
      400,
      /^litres\[0\].*litres\[19\][^;]*; and 10 more$/,
      {},
      `{"litres":[${Array(30).fill('""')}]}`,
    ],
    [
      'an unknown key',
      400,
      /^liters: unknown key, did you mean "litres"/,
      {},
      '{"litres":[1],"liters":1}',
    ],
    ['no body', 400, /^litres: is missing/, {}, ''],
    ['what is no JSON', 400, /JSON/, {}, '{"litres":'],
    [
      'another type',
      400,
      /^Content-Type: must be application\/json/,
      { 'Content-Type': 'text/yaml' },
      'litres: [1]',
    ],
    [
      'too many bytes',
      413,
      /too large/,
      {},
      `{"litres":[1]${' '.repeat(200)}}`,
    ],
    [
      'a stranger, before its body',
      401,
      /Missing rake/,
      { Authorization: 'Bearer spade' },
      ' '.repeat(300),
    ],
  ])('refuses %s with %i', async (_, expected, message, headers, sent) => {
    const { status, body } = await request(app())
      .post('/water')
      .set({
        Authorization: 'Bearer rake',
        'Content-Type': 'application/json',
        ...headers,
      })
      .send(sent);
    expect([status, body.error.message]).toEqual([
      expected,
      expect.stringMatching(message),
    ]);
  });

  it('is described by a valid OpenAPI document, recursive schemas included', async () => {
    const document = openApiDocument({ title: 'Trees', version: '1' }, [
      getTree,
      plant,
      water,
    ] as Operation[]);
    const copy = JSON.parse(JSON.stringify(document));
    await expect(SwaggerParser.validate(copy)).resolves.toBeDefined();
    expect(Object.keys(document.paths as object)).toEqual([
      '/trees/{name}',
      '/trees',
      '/water',
    ]);
    expect(document).toMatchObject({
      components: { schemas: { Tree: { type: 'object' } } },
      paths: {
        '/trees': { post: { security: [{ bearer: [] }] } },
        '/water': {
          post: {
            security: [{ machine: [] }],
            parameters: [
              { name: 'idempotency-key', in: 'header', required: false },
            ],
          },
        },
      },
    });
  });
});
