import type { BackendFactory } from '../backend.ts';
import { MemoryItemStore } from '../items/memory-store.ts';
import { KafkaPublisher } from './kafka-publisher.ts';
import { PublishingItemStore } from './publishing-store.ts';

/** Keeps items in memory and announces each new one on a Kafka topic. */
export const createBackend: BackendFactory = ({ KAFKA_BROKERS, KAFKA_TOPIC }) => {
  const publisher = new KafkaPublisher({ brokers: KAFKA_BROKERS, topic: KAFKA_TOPIC });
  return {
    items: new PublishingItemStore(new MemoryItemStore(), publisher),
    checks: { kafka: () => publisher.check() },
    // The client connects when it is needed: /readyz is what waits for the broker.
    start: () => Promise.resolve(),
    close: () => publisher.close(),
  };
};
