import { Clock } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { DateTime } from 'luxon';
import { DELIVERY_EVENTS } from '../delivery/DeliveryEventStore';
import { ENTITIES } from '../entities/tables';
import { FACTS, LATE, SOURCES } from '../facts/tables';
import { IdempotencyKeys } from '../intake/IdempotencyKeys';
import { FactSourceDefinitions } from '../intake/sources';
import { OUTAGES } from '../outages/OutageStore';
import { RETENTION } from './classes';
import { PurgedTable, purgeTable } from './purgeTable';

/** Whatever holds on to facts, such as a receipt or an assessment that was made of them. */
export interface FactReferences {
  /** @returns those of the versions of facts that must not go */
  referredTo(versions: number[]): Promise<ReadonlySet<number>>;
}

/** How much was purged. */
export interface Purged {
  facts: number;
  lateFacts: number;
  outages: number;
  deliveryEvents: number;
  idempotencyKeys: number;
}

/** What {@link Retention} needs. */
export interface RetentionOptions {
  knex: Knex;
  definitions: FactSourceDefinitions;
  keys: IdempotencyKeys;
  clock: Clock;
  /** Who is asked before a fact goes. */
  references?: readonly FactReferences[];
}

function deletedBefore(knex: Knex, instant: number): Knex.QueryBuilder {
  return knex(ENTITIES).where('deleted_at', '<=', instant).select('id');
}

/**
 * Lets go of what is old: intervals that have ended, and facts that came late. What is in force stays, however old it is,
 * unless its entity is gone; and so does what something refers to. A source that is not in force any more counts as evidence, since nobody can say
 * that it was not.
 */
export class Retention {
  readonly #options: RetentionOptions;

  static create(options: RetentionOptions): Retention {
    return new Retention(options);
  }

  private constructor(options: RetentionOptions) {
    this.#options = options;
  }

  /** @param signal - to stop between two batches; the next run goes on */
  async purge(signal?: AbortSignal): Promise<Purged> {
    const { knex, keys, clock, references = [] } = this.#options;
    const now = DateTime.fromJSDate(clock.now(), { zone: 'utc' });
    const before = {
      operational: now.minus(RETENTION.operational).toMillis(),
      evidence: now.minus(RETENTION.evidence).toMillis(),
    };
    const operational = await this.#operationalSources();
    const purge = (
      table: string,
      key: string,
      ended: string,
      options: Pick<PurgedTable, 'referredTo'> & {
        /** Whether what is in force ends with its entity. */
        endsWithEntity?: boolean;
      } = {},
    ) =>
      purgeTable(
        knex,
        {
          table,
          key,
          referredTo: options.referredTo,
          isOld: query => {
            const endedBy = (old: Knex.QueryBuilder, instant: number) =>
              old.where(either => {
                either.where(ended, '<=', instant);
                if (options.endsWithEntity) {
                  either.orWhere(inForce =>
                    inForce
                      .whereNull(ended)
                      .whereIn('entity_id', deletedBefore(knex, instant)),
                  );
                }
              });
            query
              .where(old => endedBy(old, before.evidence))
              .orWhere(old =>
                endedBy(old, before.operational).whereIn(
                  'source_id',
                  operational,
                ),
              );
          },
        },
        signal,
      );
    return {
      facts: await purge(FACTS, 'version', 'valid_to', {
        endsWithEntity: true,
        referredTo: async versions => {
          const held = await Promise.all(
            references.map(one => one.referredTo(versions)),
          );
          return new Set(held.flatMap(some => [...some]));
        },
      }),
      lateFacts: await purge(LATE, 'id', 'received_at'),
      outages: await purge(OUTAGES, 'id', 'valid_to'),
      // Releases are answered for by what was built and deployed.
      deliveryEvents: await purgeTable(
        knex,
        {
          table: DELIVERY_EVENTS,
          key: 'sequence',
          isOld: query => query.where('received_at', '<=', before.evidence),
        },
        signal,
      ),
      idempotencyKeys: await keys.purge(),
    };
  }

  async #operationalSources(): Promise<number[]> {
    const { knex, definitions } = this.#options;
    const { factSources } = await definitions.inForce();
    return knex(SOURCES)
      .whereIn(
        'name',
        factSources
          .filter(({ spec }) => spec.retention === 'operational')
          .map(({ spec }) => spec.id),
      )
      .pluck('id');
  }
}
