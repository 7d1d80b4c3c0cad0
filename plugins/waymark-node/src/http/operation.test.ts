import SwaggerParser from '@apidevtools/swagger-parser';
import { mockErrorHandler, mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import Router from 'express-promise-router';
import request from 'supertest';
import { z } from 'zod';
import { openApiDocument } from './openApiDocument';
import { defineOperation, Operation, serve } from './operation';
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

function app() {
  const router = Router();
  const httpAuth = mockServices.httpAuth();
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

  it('is described by a valid OpenAPI document, recursive schemas included', async () => {
    const document = openApiDocument({ title: 'Trees', version: '1' }, [
      getTree,
      plant,
    ] as Operation[]);
    const copy = JSON.parse(JSON.stringify(document));
    await expect(SwaggerParser.validate(copy)).resolves.toBeDefined();
    expect(Object.keys(document.paths as object)).toEqual([
      '/trees/{name}',
      '/trees',
    ]);
    expect(document).toMatchObject({
      components: { schemas: { Tree: { type: 'object' } } },
    });
  });
});
