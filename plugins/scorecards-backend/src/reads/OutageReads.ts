import { EntityOutages } from '@waymark/scorecards-common';
import { Knex } from 'knex';
import { Big } from '../database/intervals';
import { INTERVALS, TrackedEntity } from '../entities/tables';
import { SOURCES } from '../facts/tables';
import { OUTAGES } from '../outages/OutageStore';

type Row = {
  id: number;
  source: string;
  entity_id: number | null;
  error: string;
  valid_from: Big;
  valid_to: Big | null;
};

const iso = (millis: Big) => new Date(Number(millis)).toISOString();

/** When an entity could not be looked at, as it is shown. */
export class OutageReads {
  readonly #knex: Knex;

  static of(knex: Knex): OutageReads {
    return new OutageReads(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * The outages in whose reach an entity is, or was since it is known, newest first.
   *
   * @param page - `before`: number of the last one of the page before
   * @returns `next` is what to give as `before` for the following page, where there may be one
   */
  async outages(
    { id, ref }: TrackedEntity,
    page: { source?: string; before?: number; limit: number },
  ): Promise<{ outages: EntityOutages; next?: number }> {
    const query = this.#knex({ outage: OUTAGES })
      .join({ source: SOURCES }, 'source.id', 'outage.source_id')
      .where(reach =>
        reach
          .where('outage.entity_id', id)
          // Before it was there, nothing of it could be unknown.
          .orWhere(whole =>
            whole
              .whereNull('outage.entity_id')
              .where(since =>
                since
                  .whereNull('outage.valid_to')
                  .orWhere('outage.valid_to', '>', this.#begin(id)),
              ),
          ),
      )
      // Numbers are given in the order in which outages begin.
      .orderBy('outage.id', 'desc')
      .limit(page.limit)
      .select('outage.*', { source: 'source.name' });
    if (page.source !== undefined) {
      query.where('source.name', page.source);
    }
    if (page.before !== undefined) {
      query.where('outage.id', '<', page.before);
    }
    const rows: Row[] = await query;
    return {
      outages: {
        entityRef: ref,
        items: rows.map(row => ({
          source: row.source,
          wholeSource: row.entity_id === null,
          error: row.error,
          since: iso(row.valid_from),
          ...(row.valid_to !== null && { until: iso(row.valid_to) }),
        })),
      },
      ...(rows.length === page.limit && { next: rows.at(-1)!.id }),
    };
  }

  #begin(entityId: number): Knex.QueryBuilder {
    return this.#knex(INTERVALS)
      .where({ entity_id: entityId })
      .min('valid_from');
  }
}
