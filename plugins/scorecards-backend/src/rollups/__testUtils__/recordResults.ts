import { Knex } from 'knex';
import { DifferenceCollector } from '../../results/evaluation/DifferenceCollector';
import { RESULTS } from '../../results/tables';
import { writeDifferences } from '../../results/writeDifferences';

/** What a scorecard says of an entity from now on; each pair of them once at a time. */
export interface RecordedResult {
  entityId: number;
  scorecardId: number;
  layoutId: number;
  placementId: number;
  /** Packed; null when the scorecard ceases to apply. */
  results: string | null;
  level: number | null;
  /** Ten-thousandths, like `confidence`. */
  points: number | null;
  confidence: number | null;
}

/** Writes results as evaluations do. */
export async function recordResults(
  knex: Knex,
  recorded: readonly RecordedResult[],
  at: Date,
): Promise<void> {
  const { differences } = new DifferenceCollector();
  const { results: columns } = differences;
  for (const one of recorded) {
    const { entityId: entity_id, scorecardId: scorecard_id } = one;
    const before = await knex(RESULTS)
      .where({ entity_id, scorecard_id })
      .whereNull('valid_to')
      .first('seq');
    columns.entity_id.push(entity_id);
    columns.scorecard_id.push(scorecard_id);
    columns.definition_id.push(1);
    columns.layout_id.push(one.layoutId);
    columns.placement_id.push(one.placementId);
    columns.results.push(one.results);
    columns.level.push(one.level);
    columns.points.push(one.points);
    columns.confidence.push(one.confidence);
    columns.cause.push('fact');
    columns.detail.push(null);
    columns.holds.push(null);
    columns.previous.push(before ? Number(before.seq) : null);
  }
  await knex.transaction(tx => writeDifferences(tx, differences, at));
}
