import express from 'express';
import request from 'supertest';
import { refuseSchedulerWrites } from './rootHttpRouter';

function server() {
  const app = express();
  app.use(refuseSchedulerWrites);
  app.use(
    '/api/:plugin/.backstage/scheduler/v1/tasks',
    (_request, response) => {
      response.send('reached');
    },
  );
  app.use((_request, response) => {
    response.send('elsewhere');
  });
  app.use(
    (
      error: Error,
      _request: express.Request,
      response: express.Response,
      _next: express.NextFunction,
    ) => {
      response.status(403).send(error.name);
    },
  );
  return app;
}

describe('refuseSchedulerWrites', () => {
  it.each([
    '/api/catalog/.backstage/scheduler/v1/tasks/x/trigger',
    '/api/search/.backstage/scheduler/v1/tasks/x/cancel',
    '/api/catalog/%2Ebackstage/scheduler/v1/tasks/x/trigger',
    '/api/catalog/.backstage/%73cheduler/v1/tasks/x/trigger',
    '/API/catalog/.Backstage/Scheduler/v1/tasks/x/trigger',
    '/api//catalog/.backstage//scheduler/v1/tasks/x/trigger',
  ])('lets nobody post to %s', async path => {
    const response = await request(server()).post(path);
    expect([response.status, response.text]).toEqual([403, 'NotAllowedError']);
  });

  it('leaves reading and everything else alone', async () => {
    const read = await request(server()).get(
      '/api/catalog/.backstage/scheduler/v1/tasks',
    );
    expect(read.text).toBe('reached');
    const other = await request(server()).post('/api/catalog/refresh');
    expect(other.text).toBe('elsewhere');
    const malformed = await request(server()).post('/api/catalog/%E0%A4%A');
    expect(malformed.text).toBe('elsewhere');
  });
});
