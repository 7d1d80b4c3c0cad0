import { DatabaseService } from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { CatalogProblem } from '@waymark/waymark-common';
import { Knex } from 'knex';

/** A problem with the entities by which a reader's permission is decided: itself, and what its file describes. */
export interface CatalogProblemSubject {
  problem: Omit<CatalogProblem, 'affected'>;
  entities: Entity[];
}

interface ProblemRow {
  entity_ref: string;
  errors: string;
  unprocessed_entity: string;
  final_entity: string | null;
  last_discovery_at: string | Date;
  last_updated_at: string | Date | null;
}

/**
 * Reads the processing errors that the catalog keeps.
 *
 * @remarks
 * From the catalog's own tables, as Backstage's module for unprocessed entities does: an entity that was never good has no
 * other trace, and the error event says nothing when a problem is gone.
 */
export class CatalogProblems {
  readonly #knex: Knex;

  static async create(options: {
    database: DatabaseService;
  }): Promise<CatalogProblems> {
    return new CatalogProblems(await options.database.getClient());
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Problems in the order of their refs, those after `after`. */
  async list(page: {
    after?: string;
    limit: number;
  }): Promise<CatalogProblemSubject[]> {
    const query = this.#knex('refresh_state as r')
      .leftJoin('final_entities as f', 'f.entity_id', 'r.entity_id')
      .whereNotNull('r.errors')
      .whereNotIn('r.errors', ['', '[]'])
      .orderBy('r.entity_ref')
      .limit(page.limit)
      .select(
        'r.entity_ref',
        'r.errors',
        'r.unprocessed_entity',
        'f.final_entity',
        'r.last_discovery_at',
        'f.last_updated_at',
      );
    if (page.after !== undefined) {
      query.where('r.entity_ref', '>', page.after);
    }
    const rows: ProblemRow[] = await query;
    return Promise.all(rows.map(row => this.#subject(row)));
  }

  async #subject(row: ProblemRow): Promise<CatalogProblemSubject> {
    const unprocessed: Entity = JSON.parse(row.unprocessed_entity);
    const own: Entity = row.final_entity
      ? JSON.parse(row.final_entity)
      : withStatedOwner(unprocessed);
    const siblings: { final_entity: string | null }[] = await this.#knex(
      'refresh_state_references as s',
    )
      .join('final_entities as f', 'f.entity_ref', 's.target_entity_ref')
      .where('s.source_entity_ref', row.entity_ref)
      .select('f.final_entity');
    const errors: { name?: string; message?: string }[] = JSON.parse(
      row.errors,
    );
    return {
      problem: {
        entityRef: row.entity_ref,
        location: locationOf(unprocessed),
        errors: errors.map(({ name, message }) => ({
          name: name ?? 'Error',
          message: message ?? '',
        })),
        lastGood: row.final_entity !== null,
        // The catalog writes an entity anew when the errors in its status change; one that was never good has no such
        // time, but is discovered anew whenever its text changes.
        since: isoInstant(row.last_updated_at ?? row.last_discovery_at),
      },
      entities: [
        own,
        ...siblings.flatMap(({ final_entity }) =>
          final_entity ? [JSON.parse(final_entity) as Entity] : [],
        ),
      ],
    };
  }
}

/** SQLite keeps an instant as text in UTC without saying so, PostgreSQL gives a date. */
function isoInstant(value: string | Date): string {
  const instant =
    typeof value === 'string' ? `${value.replace(' ', 'T')}Z` : value;
  return new Date(instant).toISOString();
}

function locationOf(entity: Entity): string | undefined {
  const { type, target } = (entity.spec ?? {}) as Record<string, unknown>;
  return entity.kind === 'Location' && target
    ? `${type ?? 'url'}:${target}`
    : entity.metadata.annotations?.[ANNOTATION_LOCATION];
}

// Never processed, it has no relations: the owner it states decides who learns of its problem.
function withStatedOwner(entity: Entity): Entity {
  const owner = entity.spec?.owner;
  if (typeof owner !== 'string') {
    return entity;
  }
  try {
    const targetRef = stringifyEntityRef(
      parseEntityRef(owner, {
        defaultKind: 'group',
        defaultNamespace: entity.metadata.namespace,
      }),
    );
    return { ...entity, relations: [{ type: RELATION_OWNED_BY, targetRef }] };
  } catch {
    return entity;
  }
}
