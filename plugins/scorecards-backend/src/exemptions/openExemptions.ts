import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { stateAt } from './core/decide';
import { ExemptionStore } from './ExemptionStore';
import { EXEMPTIONS, RECORDS } from './tables';

const CHUNK = 500;

/** Subjects that have an exemption of a check already, asked for or in force. */
export async function openExemptions(
  knex: Knex,
  wanted: {
    scorecard: string;
    check: string;
    entityIds: readonly number[];
  },
  now: number,
): Promise<{ id: string; ref: string }[]> {
  const { scorecard, check, entityIds } = wanted;
  const found: { number: number; ref: string }[] = [];
  for (const some of chunks([...entityIds], CHUNK)) {
    found.push(
      ...(await knex({ record: RECORDS })
        .join({ exemption: EXEMPTIONS }, 'exemption.number', 'record.exemption')
        .where({
          'exemption.scorecard': scorecard,
          'exemption.check_id': check,
        })
        .whereIn('record.state', ['requested', 'approved'])
        .whereIn('record.entity_id', some)
        .select('exemption.number', { ref: 'record.subject' })),
    );
  }
  const stored = await ExemptionStore.of(knex).byNumbers([
    ...new Set(found.map(({ number }) => number)),
  ]);
  const lasting = new Map(
    stored
      .filter(({ exemption }) =>
        ['requested', 'approved'].includes(stateAt(exemption, now)),
      )
      .map(({ number, exemption }) => [number, exemption.id]),
  );
  return found.flatMap(({ number, ref }) => {
    const id = lasting.get(number);
    return id === undefined ? [] : [{ id, ref }];
  });
}
