import { context, propagation } from '@opentelemetry/api';
import type { Item } from '../items/item.ts';
import { SERVICE_NAME } from '../service.ts';

/** A CloudEvents 1.0 event with the distributed tracing extension. */
export interface CloudEvent<T> {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject: string;
  time: string;
  datacontenttype: 'application/json';
  data: T;
  traceparent?: string;
  tracestate?: string;
}

export function itemCreated(item: Item): CloudEvent<Item> {
  const trace: Pick<CloudEvent<Item>, 'traceparent' | 'tracestate'> = {};
  propagation.inject(context.active(), trace);
  return {
    specversion: '1.0',
    id: item.id,
    source: `/${SERVICE_NAME}`,
    type: `${SERVICE_NAME}.item.created.v1`,
    subject: item.id,
    time: item.createdAt,
    datacontenttype: 'application/json',
    data: item,
    ...trace,
  };
}
