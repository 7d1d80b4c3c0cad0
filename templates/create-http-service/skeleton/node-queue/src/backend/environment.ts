import { z } from 'zod';
import { SERVICE_NAME } from '../service.ts';

const BROKER = /^(\[[0-9a-fA-F:.]+\]|[^\s:,[\]]+):\d{1,5}$/;

/** Variables of the back end. */
export const backendEnvironment = z.object({
  KAFKA_BROKERS: z
    .string({ error: 'must be set' })
    .transform((text) => text.split(',').map((broker) => broker.trim()))
    .refine(
      (brokers) => brokers.every((broker) => BROKER.test(broker)),
      'must be host:port, more than one separated by commas',
    ),
  KAFKA_TOPIC: z
    .string()
    .regex(/^[\w.-]{1,249}$/, 'must be the name of a topic: letters, digits, . _ and -')
    .default(`${SERVICE_NAME}.items`),
});

export type BackendEnvironment = z.infer<typeof backendEnvironment>;
