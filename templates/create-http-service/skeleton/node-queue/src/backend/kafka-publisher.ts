import { SpanKind } from '@opentelemetry/api';
import { ProduceAcks, Producer, stringSerializers } from '@platformatic/kafka';
import { StoreUnavailableError } from '../items/store.ts';
import { SERVICE_NAME } from '../service.ts';
import { withSpan } from '../telemetry.ts';
import { withTimeout } from '../timeout.ts';
import type { CloudEvent } from './cloud-event.ts';
import type { Publisher } from './publishing-store.ts';

const PUBLISH_TIMEOUT_MS = 5_000;

export class KafkaPublisher implements Publisher {
  readonly #producer: Producer<string, string, string, string>;
  readonly #topic: string;

  constructor({ brokers, topic }: { brokers: string[]; topic: string }) {
    this.#topic = topic;
    this.#producer = new Producer({
      clientId: SERVICE_NAME,
      bootstrapBrokers: brokers,
      serializers: stringSerializers,
      connectTimeout: 1_000,
      timeout: 2_000,
      retries: 2,
      retryDelay: 100,
    });
  }

  async publish(event: CloudEvent<unknown>): Promise<void> {
    const attributes = {
      'messaging.system': 'kafka',
      'messaging.operation.type': 'send',
      'messaging.destination.name': this.#topic,
    };
    await withSpan(`send ${this.#topic}`, { kind: SpanKind.PRODUCER, attributes }, async () => {
      try {
        const sent = this.#producer.send({
          acks: ProduceAcks.ALL,
          messages: [
            {
              topic: this.#topic,
              key: event.subject,
              value: JSON.stringify(event),
              headers: { 'content-type': 'application/cloudevents+json; charset=UTF-8' },
            },
          ],
        });
        await withTimeout(sent, PUBLISH_TIMEOUT_MS, `no answer within ${PUBLISH_TIMEOUT_MS} ms`);
      } catch (error) {
        throw new StoreUnavailableError('the broker did not accept the event', { cause: error });
      }
    });
  }

  /** Rejects unless the cluster answers now and has the topic. */
  async check(): Promise<void> {
    await this.#producer.metadata({ topics: [this.#topic], forceUpdate: true });
  }

  async close(): Promise<void> {
    await this.#producer.close();
  }
}
