import { ConflictError } from '@backstage/errors';
import { DeliveryEvent, DeliveryPushAnswer } from '@waymark/scorecards-common';
import { chunks } from '@waymark/waymark-node';
import canonicalize from 'canonicalize';
import { Knex } from 'knex';
import { Big, lockRow } from '../database/intervals';

export const DELIVERY_EVENTS = 'delivery_events';
const HEAD = 'delivery_head';
const CHUNK = 200;

/** An event that was checked. */
export interface IncomingEvent {
  /** Number of the entity in this database. */
  entityId: number;
  /** Refs and instants in one spelling, so that the same event is the same text. */
  event: DeliveryEvent;
  occurredAt: Date;
}

/** An event as it is kept. */
export interface StoredEvent extends IncomingEvent {
  /** Grows without gap, in the order in which events become visible. */
  sequence: number;
  receivedAt: Date;
  /** Who said so. */
  writer: string;
}

interface EventRow {
  sequence: Big;
  entity_id: number;
  event_id: string;
  type: string;
  occurred_at: Big;
  received_at: Big;
  writer: string;
  event: string;
}

type Outcome = DeliveryPushAnswer['items'][number]['outcome'];

/**
 * Delivery events. One is known by its id and its entity, so that whoever sends it again, or after others that are younger,
 * changes nothing.
 */
export class DeliveryEventStore {
  readonly #knex: Knex;

  static of(knex: Knex): DeliveryEventStore {
    return new DeliveryEventStore(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * Stores events, all or none of them.
   *
   * @returns what became of each, in the order given
   * @throws ConflictError when an id was used for another event of the entity
   */
  async write(
    tx: Knex.Transaction,
    events: readonly IncomingEvent[],
    writer: string,
    now: Date,
  ): Promise<Outcome[]> {
    const head = await lockRow<{ sequence: Big }>(tx, HEAD);
    let sequence = Number(head.sequence);
    const known = await knownEvents(tx, events);
    const rows: EventRow[] = [];
    const outcomes = events.map(({ entityId, event, occurredAt }, index) => {
      const key = keyOf(entityId, event.id);
      const json = canonicalize(event)!;
      const before = known.get(key);
      if (before !== undefined) {
        if (before !== json) {
          throw new ConflictError(
            `events[${index}].id: "${event.id}" is the id of another event of ${event.entityRef}`,
          );
        }
        return 'known';
      }
      known.set(key, json);
      sequence += 1;
      rows.push({
        sequence,
        entity_id: entityId,
        event_id: event.id,
        type: event.type,
        occurred_at: occurredAt.getTime(),
        received_at: now.getTime(),
        writer,
        event: json,
      });
      return 'stored';
    });
    await tx.batchInsert(DELIVERY_EVENTS, rows, CHUNK);
    await tx(HEAD).where({ id: 1 }).update({ sequence });
    return outcomes;
  }

  /** Events in the order in which they came, those after `after`: for whoever computes something of them. */
  async list(page: { after: number; limit: number }): Promise<StoredEvent[]> {
    const rows: EventRow[] = await this.#knex(DELIVERY_EVENTS)
      .where('sequence', '>', page.after)
      .orderBy('sequence')
      .limit(page.limit);
    return rows.map(row => ({
      sequence: Number(row.sequence),
      entityId: row.entity_id,
      event: JSON.parse(row.event),
      occurredAt: new Date(Number(row.occurred_at)),
      receivedAt: new Date(Number(row.received_at)),
      writer: row.writer,
    }));
  }
}

function keyOf(entityId: number, eventId: string): string {
  return `${entityId} ${eventId}`;
}

async function knownEvents(
  tx: Knex.Transaction,
  events: readonly IncomingEvent[],
): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  for (const some of chunks(events, CHUNK)) {
    const rows: EventRow[] = await tx(DELIVERY_EVENTS)
      .whereIn(
        ['entity_id', 'event_id'],
        some.map(({ entityId, event }) => [entityId, event.id]),
      )
      .select('entity_id', 'event_id', 'event');
    rows.forEach(row =>
      known.set(keyOf(row.entity_id, row.event_id), row.event),
    );
  }
  return known;
}
