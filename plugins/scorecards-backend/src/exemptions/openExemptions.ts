import { chunks } from '@waymark/waymark-node';
import { Knex } from 'knex';
import { ENTITIES } from '../entities/tables';
import { stateAt } from './core/decide';
import { ExemptionStore } from './ExemptionStore';
import { OPEN } from './tables';

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
      ...(await knex({ open: OPEN })
        .join({ entity: ENTITIES }, 'entity.id', 'open.entity_id')
        .where({ scorecard, check_id: check })
        .whereIn('open.entity_id', some)
        .select({ number: 'open.exemption' }, 'entity.ref')),
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
