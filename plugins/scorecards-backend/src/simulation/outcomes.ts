import type {
  Batch,
  CurrentItem,
  Differences,
  Leased,
} from '../results/evaluation/batch';
import { Said } from './transitions';

/** What is said of an entity now, and what would be said. */
export interface Outcome {
  entityId: number;
  before?: CurrentItem;
  after?: Omit<Said, 'definition'>;
  /** By id of the check: what {@link Outcome.after} holds besides, in JSON. */
  holds?: string;
}

/** Entities to be evaluated, as if a definition had changed. */
export const leasedOf = (entityIds: readonly number[]): Leased[] =>
  entityIds.map(entityId => ({
    entityId,
    generation: 0,
    cause: 'definition',
    detail: null,
  }));

/** What came of a batch. What cannot be evaluated is left out: it keeps the result that it has. */
export function outcomesOf(
  { current }: Pick<Batch, 'current'>,
  { results, failed }: Differences,
): Outcome[] {
  const outcomes = new Map<number, Outcome>();
  const before: CurrentItem[] = current ? JSON.parse(`[${current}]`) : [];
  for (const item of before) {
    outcomes.set(item[1], { entityId: item[1], before: item });
  }
  results.entity_id.forEach((entityId, row) => {
    const packed = results.results[row];
    if (packed === null) return;
    const holds = results.holds[row];
    outcomes.set(entityId, {
      ...outcomes.get(entityId),
      entityId,
      after: {
        results: packed,
        level: results.level[row],
        points: results.points[row],
        confidence: results.confidence[row],
      },
      ...(holds !== null && { holds }),
    });
  });
  failed.forEach(({ entityId }) => outcomes.delete(entityId));
  return [...outcomes.values()];
}
