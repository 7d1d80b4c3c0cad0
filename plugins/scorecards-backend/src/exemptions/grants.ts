import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { Big, inForce } from '../database/intervals';
import { isAmong } from '../database/lists';
import { INTERVALS } from '../entities/tables';
import { byEntity, ExemptChecks, GrantItem } from './inForce';
import { GRANTS, RECORDS } from './tables';

const CHUNK = 500;

/**
 * The exemptions of entities, those of the system and the domain that they are in included, as a query of the columns
 * `entity_id`, `scorecard`, `check_id` and `expires_at`.
 *
 * @param asOf - the present when absent
 */
export function grantsOf(
  knex: Knex,
  entityIds: readonly number[],
  asOf?: Date,
): Knex.QueryBuilder {
  // One query for each way, because no index serves all three at once.
  const by = (column: 'entity_id' | 'system' | 'domain') =>
    inForce(
      inForce(
        knex({ entity: INTERVALS })
          .join({ granted: GRANTS }, `granted.${column}`, `entity.${column}`)
          .whereRaw(isAmong(knex, 'entity.entity_id', entityIds)),
        asOf,
        'entity',
      ),
      asOf,
      'granted',
    ).select(
      'entity.entity_id',
      'granted.scorecard',
      'granted.check_id',
      'granted.expires_at',
    );
  // Of the very system that was exempted: another one of the same name inherits nothing.
  const ofLiving = (query: Knex.QueryBuilder) =>
    inForce(
      query
        .join({ record: RECORDS }, on =>
          on
            .on('record.exemption', 'granted.exemption')
            .on('record.position', 'granted.position'),
        )
        .join({ whole: INTERVALS }, 'whole.entity_id', 'record.entity_id'),
      asOf,
      'whole',
    );
  return knex
    .from(
      knex
        .unionAll([
          by('entity_id'),
          ofLiving(by('system')),
          ofLiving(by('domain')),
        ])
        .as('exemption'),
    )
    .select();
}

/** Reads what is exempted. */
export class GrantReader {
  readonly #knex: Knex;

  static of(knex: Knex): GrantReader {
    return new GrantReader(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * By number of the entity.
   *
   * @param at - the instant; for one of the past, `asOf` is the same
   */
  async read(
    entityIds: readonly number[],
    { at, asOf }: { at: Date; asOf?: Date },
  ): Promise<Map<number, ExemptChecks>> {
    const items: GrantItem[] = [];
    // Where no system or domain was ever exempted, most of the way need not even be planned.
    const ofWhole = await this.#knex(GRANTS).whereNull('entity_id').first('id');
    for (const some of chunks([...new Set(entityIds)], CHUNK)) {
      const granted = ofWhole
        ? grantsOf(this.#knex, some, asOf)
        : inForce(
            this.#knex(GRANTS).whereRaw(isAmong(this.#knex, 'entity_id', some)),
            asOf,
          ).select('entity_id', 'scorecard', 'check_id', 'expires_at');
      const rows: {
        entity_id: number;
        scorecard: string;
        check_id: string;
        expires_at: Big;
      }[] = await granted.where('expires_at', '>', at.getTime());
      for (const { entity_id, scorecard, check_id, expires_at } of rows) {
        items.push([entity_id, scorecard, check_id, Number(expires_at)]);
      }
    }
    return byEntity(items);
  }
}
