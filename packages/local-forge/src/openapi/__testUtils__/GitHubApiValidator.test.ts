import express from 'express';
import request from 'supertest';
import { GitHubApiValidator, describeDeviation } from './GitHubApiValidator';
import { RecordedExchange, createRecorder } from '../recorder';

const label = {
  id: 1,
  node_id: 'x',
  url: 'http://localhost:7009/repos/acme/shop/labels/bug',
  name: 'bug',
  description: null,
  color: 'ff0000',
  default: false,
};

function exchange(changes: Partial<RecordedExchange>): RecordedExchange {
  return {
    method: 'GET',
    path: '/repos/acme/shop/labels/bug',
    query: {},
    headers: {},
    authenticated: true,
    status: 200,
    responseType: 'application/json',
    response: label,
    ...changes,
  };
}

describe('GitHubApiValidator', () => {
  const validator = GitHubApiValidator.create();
  const lines = (...exchanges: RecordedExchange[]) =>
    validator.check(exchanges).deviations.map(describeDeviation);

  it('finds the closest operation, with values that contain slashes', () => {
    expect(validator.operationOf('GET', '/user/repos')).toBe(
      'repos/list-for-authenticated-user',
    );
    expect(
      validator.operationOf('GET', '/repos/acme/shop/contents/src/a%20b.ts'),
    ).toBe('repos/get-content');
    expect(
      validator.operationOf(
        'GET',
        '/repos/acme/shop/branches/feature/x/protection',
      ),
    ).toBe('repos/get-branch-protection');
    expect(validator.operationOf('GET', '/nowhere')).toBeUndefined();
  });

  it('accepts what GitHub could have answered, and counts it', () => {
    const report = validator.check([exchange({}), exchange({})]);
    expect(report.deviations).toEqual([]);
    expect([...report.operations]).toEqual([['issues/get-label', 2]]);
  });

  it('names every way in which a call differs', () => {
    const { name: _name, ...nameless } = label;
    expect(lines(exchange({ response: nameless }))).toEqual([
      'issues/get-label response /name is missing',
    ]);
    expect(lines(exchange({ response: { ...label, id: 'one' } }))).toEqual([
      'issues/get-label response /id must be integer',
    ]);
    expect(lines(exchange({ status: 206 }))).toEqual([
      'issues/get-label status 206 is not one of 200, 404',
    ]);
    expect(lines(exchange({ status: 403, response: 'no' }))).toEqual([
      'issues/get-label response /message is missing in an answer of status 403',
    ]);
    expect(lines(exchange({ query: { colour: 'red' } }))).toEqual([
      'issues/get-label query colour is unknown to GitHub',
    ]);
    expect(lines(exchange({ path: '/nowhere' }))).toEqual([
      'GET /nowhere path / is no operation of GitHub',
    ]);
    expect(
      lines(
        exchange({
          path: '/repos/acme/shop/labels',
          response: [label, { ...label, color: 1 }],
          query: { per_page: 'many' },
        }),
      ),
    ).toEqual([
      "issues/list-labels-for-repo query per_page 'many' is not valid",
      'issues/list-labels-for-repo response /*/color must be string',
    ]);
    expect(
      lines(
        exchange({
          method: 'POST',
          path: '/repos/acme/shop/labels',
          body: { color: 'ff0000' },
          status: 201,
        }),
      ),
    ).toEqual(['issues/create-label body /name is missing']);
  });

  it('records calls over the wire without their secrets', async () => {
    const recorder = createRecorder();
    const app = express();
    app.use(recorder.middleware);
    app.use(express.raw({ type: '*/*' }));
    app.post('/repos/:owner/:repo/hooks', (_request, response) => {
      response
        .status(201)
        .json({ id: 1, config: { secret: 'sssh', url: 'u' } });
    });
    await request(app)
      .post('/repos/acme/sh%20op/hooks?per_page=3&access_token=t0p')
      .set('Authorization', 'Bearer t0p')
      .send({ config: { secret: 'sssh', url: 'u' } });
    expect(recorder.exchanges()).toEqual([
      {
        method: 'POST',
        path: '/repos/acme/sh%20op/hooks',
        query: { per_page: '3', access_token: '***' },
        headers: { accept: undefined, contentType: 'application/json' },
        authenticated: true,
        body: { config: { secret: '***', url: 'u' } },
        status: 201,
        responseType: 'application/json; charset=utf-8',
        response: { id: 1, config: { secret: '***', url: 'u' } },
      },
    ]);
    expect(JSON.stringify(recorder.exchanges())).not.toMatch(/t0p|sssh/);
    recorder.clear();
    expect(recorder.exchanges()).toEqual([]);
  });
});
