import { NotAllowedError } from '@backstage/errors';
import { DeliveryEvent, DeliveryPushAnswer } from '@waymark/scorecards-common';
import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { transact } from '../database/transact';
import { futureProblem } from '../facts/FactStore';
import { EntityLookup, findEntities, FoundEntity } from '../intake/entities';
import { itemError, ItemProblem } from '../intake/ItemProblems';
import { pageUrlProblem } from '../intake/limits';
import { nameOf, PushWriter } from '../intake/writers';
import { DeliveryEventStore, IncomingEvent } from './DeliveryEventStore';

type Problem = Omit<ItemProblem, 'index'>;

/** What {@link DeliveryIntake} needs. */
export interface DeliveryIntakeOptions {
  knex: Knex;
  entities: EntityLookup;
  clock: Clock;
}

/**
 * The way in for delivery events: it checks that the writer may report them, and may speak of the entity, and stores them.
 */
export class DeliveryIntake {
  readonly #knex: Knex;
  readonly #store: DeliveryEventStore;
  readonly #entities: EntityLookup;
  readonly #clock: Clock;

  static create(options: DeliveryIntakeOptions): DeliveryIntake {
    return new DeliveryIntake(options);
  }

  private constructor({ knex, entities, clock }: DeliveryIntakeOptions) {
    this.#knex = knex;
    this.#store = DeliveryEventStore.of(knex);
    this.#entities = entities;
    this.#clock = clock;
  }

  /**
   * Checks events and stores them, all or none.
   *
   * @returns what became of each, in the order given
   * @throws NotAllowedError when the writer may not report one of them; InputError when one is wrong; ConflictError when
   * an id was used for another event; all name item, field and reason
   */
  async write(
    events: readonly DeliveryEvent[],
    writer: PushWriter,
  ): Promise<DeliveryPushAnswer['items']> {
    if (!writer.delivery) {
      throw new NotAllowedError(
        `${nameOf(writer)} is not configured to report delivery events`,
      );
    }
    const found = await findEntities(
      this.#entities,
      events.map(({ entityRef }) => entityRef),
      writer,
    );
    const now = this.#clock.now();
    const checked = events.map(event =>
      check(event, found.get(event.entityRef)!, now),
    );
    const problems = checked.flatMap((one, index) =>
      'problem' in one ? { index, ...one.problem } : [],
    );
    if (problems.length > 0) {
      throw itemError('events', problems);
    }
    const outcomes = await transact(this.#knex, tx =>
      this.#store.write(
        tx,
        checked.flatMap(one => ('problem' in one ? [] : one)),
        nameOf(writer),
        now,
      ),
    );
    return events.map(({ id, entityRef }, index) => ({
      id,
      entityRef,
      outcome: outcomes[index],
    }));
  }
}

function check(
  event: DeliveryEvent,
  found: FoundEntity,
  now: Date,
): IncomingEvent | { problem: Problem } {
  if (!('entity' in found)) {
    const { reason, forbidden } = found;
    return { problem: { path: ['entityRef'], reason, forbidden } };
  }
  const { id: entityId, ref: entityRef } = found.entity;
  const [end, beginnings] = timesOf(event);
  const occurredAt = new Date(Reflect.get(event, end));
  const future = futureProblem(occurredAt, now);
  if (future) {
    return { problem: { path: [end], reason: future } };
  }
  const instants: Record<string, string> = { [end]: occurredAt.toISOString() };
  for (const beginning of beginnings) {
    const text: string | undefined = Reflect.get(event, beginning);
    if (text !== undefined) {
      const instant = new Date(text);
      if (instant > occurredAt) {
        const reason = `must not be after ${end}`;
        return { problem: { path: [beginning], reason } };
      }
      instants[beginning] = instant.toISOString();
    }
  }
  const noPage = event.url !== undefined && pageUrlProblem(event.url);
  if (noPage) {
    return { problem: { path: ['url'], reason: noPage } };
  }
  return { entityId, occurredAt, event: { ...event, ...instants, entityRef } };
}

/** The field that says when an event happened, and those that cannot be later. */
function timesOf({ type }: DeliveryEvent): [string, string[]] {
  return type === 'change.merged'
    ? ['mergedAt', ['openedAt', 'firstCommitAt']]
    : ['finishedAt', ['startedAt']];
}
