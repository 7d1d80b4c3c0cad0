import { unpackResults } from '@waymark/scorecards-common';
import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { INTERVALS } from '../entities/tables';
import { LAYOUTS, ResultDbRow, RESULTS, SCORECARDS } from '../results/tables';
import { PassingSince } from './core/due';
import { Exemption } from './core/Exemption';

const CHUNK = 500;

type Row = Pick<
  ResultDbRow,
  'entity_id' | 'layout_id' | 'results' | 'valid_from' | 'valid_to'
>;

/** How a check has fared, up to now. */
interface Streak {
  /** Whether it applies now. */
  applies: boolean;
  /** Since when it passes without a break, in ms since 1970; undefined where it does not pass now. */
  since?: number;
}

/** Since when exempted checks pass, by the results that are stored: as if they were not exempted. */
export class PassingReader {
  readonly #knex: Knex;

  /** @param knex - or a transaction */
  static of(knex: Knex): PassingReader {
    return new PassingReader(knex);
  }

  private constructor(knex: Knex) {
    this.#knex = knex;
  }

  /**
   * @param subjects - numbers of their entities
   * @param from - what was before need not be known
   */
  async read(
    exemption: Exemption,
    subjects: readonly number[],
    from: number,
  ): Promise<PassingSince> {
    const found = new Map<number, number | undefined>();
    const { kind } = exemption;
    if (kind === 'entities') {
      const streaks = await this.#streaks(exemption, subjects, from);
      subjects.forEach(id => found.set(id, streaks.get(id)?.since));
      return found;
    }
    for (const { entityId, ref } of exemption.subjects) {
      if (!subjects.includes(entityId)) continue;
      const members: number[] = await this.#knex(INTERVALS)
        .where(kind, ref)
        .whereNull('valid_to')
        .pluck('entity_id');
      const streaks = await this.#streaks(exemption, members, from);
      found.set(entityId, sinceOfAll([...streaks.values()]));
    }
    return found;
  }

  async #streaks(
    { scorecard, check }: Exemption,
    entityIds: readonly number[],
    from: number,
  ): Promise<Map<number, Streak>> {
    const streaks = new Map<number, Streak>();
    const known: { id: number } | undefined = await this.#knex(SCORECARDS)
      .where({ name: scorecard })
      .first('id');
    if (!known) return streaks;
    const positions = await this.#positions(known.id, check);
    for (const some of chunks([...entityIds], CHUNK)) {
      const rows: Row[] = await this.#knex(RESULTS)
        .where({ scorecard_id: known.id })
        .whereIn('entity_id', some)
        .where(query =>
          query.whereNull('valid_to').orWhere('valid_to', '>', from),
        )
        .orderBy(['entity_id', 'seq'])
        .select('entity_id', 'layout_id', 'results', 'valid_from', 'valid_to');
      const ends = new Map<number, number | null>();
      for (const row of rows) {
        const before = streaks.get(row.entity_id);
        const begin = Number(row.valid_from);
        const isNext = ends.get(row.entity_id) === begin;
        const { passes, applies } = judge(row, positions.get(row.layout_id));
        streaks.set(row.entity_id, {
          applies,
          since: passes ? (isNext && before?.since) || begin : undefined,
        });
        ends.set(
          row.entity_id,
          row.valid_to === null ? null : Number(row.valid_to),
        );
      }
      // Where the scorecard ceased to apply, nothing is said any more.
      for (const [id, end] of ends) if (end !== null) streaks.delete(id);
    }
    return streaks;
  }

  async #positions(
    scorecardId: number,
    check: string,
  ): Promise<Map<number, number>> {
    const rows: { id: number; checks: string }[] = await this.#knex(LAYOUTS)
      .where({ scorecard_id: scorecardId })
      .select('id', 'checks');
    return new Map(
      rows.map(({ id, checks }) => [
        id,
        (JSON.parse(checks) as string[]).indexOf(check),
      ]),
    );
  }
}

function judge({ results }: Row, position: number | undefined) {
  const result =
    results === null || position === undefined
      ? undefined
      : unpackResults(results)[position];
  if (!result) return { passes: false, applies: false };
  const { state, underlying } = result;
  const says = state === 'exempt' || state === 'upcoming' ? underlying : state;
  return {
    passes: says === 'pass' || says === 'warn',
    applies: says !== 'notApplicable',
  };
}

/** Of a system or domain: since when all of it passes to which the check applies. */
function sinceOfAll(streaks: readonly Streak[]): number | undefined {
  const applying = streaks.filter(({ applies }) => applies);
  const instants = applying.flatMap(({ since }) => since ?? []);
  return applying.length > 0 && instants.length === applying.length
    ? Math.max(...instants)
    : undefined;
}
