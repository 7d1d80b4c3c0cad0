import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { Admin, Consumer, MessagesStreamModes, stringDeserializers } from '@platformatic/kafka';
import { pino } from 'pino';
import type { CloudEvent } from '../../src/backend/cloud-event.ts';
import { createBackend } from '../../src/backend/index.ts';
import type { Item } from '../../src/items/item.ts';
import { startApp, type TestApp } from '../support/app.ts';

const brokers = process.env.KAFKA_BROKERS;
const skip = brokers === undefined && 'needs Kafka: KAFKA_BROKERS=127.0.0.1:9092 npm test';
const logger = pino({ enabled: false });

/** Runs on a topic of its own. */
describe('Kafka', { skip }, () => {
  const KAFKA_BROKERS = brokers?.split(',') ?? [];
  const KAFKA_TOPIC = `test.${randomUUID()}`;
  const client = { clientId: 'test', bootstrapBrokers: KAFKA_BROKERS };
  const admin = new Admin(client);
  let app: TestApp;

  before(async () => {
    await admin.createTopics({ topics: [KAFKA_TOPIC], partitions: 1, replicas: 1 });
    app = await startApp({ backend: createBackend({ KAFKA_BROKERS, KAFKA_TOPIC }, logger) });
  });
  after(async () => {
    await app.close();
    await admin.deleteTopics({ topics: [KAFKA_TOPIC] });
    await admin.close();
  });

  it('is part of readiness', async () => {
    const ready = await app.get('/readyz');
    assert.deepEqual(await ready.json(), { status: 'ready', checks: { kafka: { status: 'ok' } } });
  });

  it('gets an event for every item, which carries the trace of the request', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    const created = await app.post(
      '/v1/items',
      { name: 'announced' },
      { traceparent: `00-${traceId}-b7ad6b7169203331-01` },
    );
    assert.equal(created.status, 201);
    const item = (await created.json()) as Item;

    const consumer = new Consumer({
      ...client,
      groupId: KAFKA_TOPIC,
      deserializers: stringDeserializers,
    });
    const stream = await consumer.consume({
      topics: [KAFKA_TOPIC],
      mode: MessagesStreamModes.EARLIEST,
    });
    try {
      for await (const message of stream) {
        assert.equal(message.key, item.id);
        assert.match(message.headers.get('content-type') ?? '', /^application\/cloudevents\+json/);
        const event = JSON.parse(message.value) as CloudEvent<Item>;
        assert.equal(event.specversion, '1.0');
        assert.deepEqual(event.data, item);
        assert.equal(event.traceparent?.split('-')[1], traceId);
        break;
      }
    } finally {
      await stream.close();
      await consumer.close();
    }
  });

  it('is not ready without its topic', async () => {
    const backend = createBackend(
      { KAFKA_BROKERS, KAFKA_TOPIC: `missing.${randomUUID()}` },
      logger,
    );
    await assert.rejects(backend.checks.kafka?.() ?? Promise.resolve());
    await backend.close();
  });
});

describe('Kafka that does not answer', () => {
  it('is a failed check and a 503, within the time a client waits', async () => {
    const app = await startApp({
      backend: createBackend({ KAFKA_BROKERS: ['127.0.0.1:1'], KAFKA_TOPIC: 'nothing' }, logger),
    });
    try {
      const ready = await app.get('/readyz');
      assert.equal(ready.status, 503);
      assert.deepEqual(await ready.json(), {
        status: 'unavailable',
        checks: { kafka: { status: 'failed' } },
      });
      const answer = await app.post('/v1/items', { name: 'lost' });
      assert.equal(answer.status, 503);
      assert.equal(answer.headers.get('retry-after'), '1');
    } finally {
      await app.close();
    }
  });
});
