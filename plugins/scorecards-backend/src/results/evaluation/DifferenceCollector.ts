import type { ScorecardResult } from '@waymark/scorecards-common';
import type { Cause } from '../cause';
import {
  CurrentResult,
  Differences,
  DueItem,
  Leased,
  ResultRow,
} from './batch';
import type { ReadyScorecard } from './CompiledDefinitions';
import { unsaidHolds } from './holds';

const TEN_THOUSANDTHS = 10_000;

const stored = (share: number | undefined) =>
  share === undefined ? null : Math.round(share * TEN_THOUSANDTHS);

const jsonOf = (value: object | undefined) =>
  value ? JSON.stringify(value) : null;

/** Gathers what differs from what is stored, as columns to be written. */
export class DifferenceCollector {
  readonly differences: Differences = {
    results: {
      entity_id: [],
      scorecard_id: [],
      definition_id: [],
      layout_id: [],
      placement_id: [],
      results: [],
      level: [],
      points: [],
      confidence: [],
      cause: [],
      detail: [],
      holds: [],
      previous: [],
    },
    due: { entity_id: [], at: [], cause: [] },
    notDue: [],
    failed: [],
    unusable: [],
  };

  /** Compares a result with the one in force. */
  compare(
    leased: Leased,
    placementId: number,
    scorecard: ReadyScorecard,
    result: ScorecardResult,
    before: CurrentResult | undefined,
  ): void {
    const { layout, layoutId, scorecardId, definitionId } = scorecard;
    const { results } = result;
    const level = result.level ?? null;
    const points = stored(result.points);
    const confidence = stored(result.confidence);
    const isSame =
      before?.layoutId === layoutId &&
      before.placementId === placementId &&
      before.results === results &&
      before.level === level &&
      before.points === points &&
      before.confidence === confidence;
    // Where the results are the same, so is what they hold: it begins when a check is no longer known.
    if (!isSame) {
      this.#push(leased, {
        scorecard_id: scorecardId,
        definition_id: definitionId,
        layout_id: layoutId,
        placement_id: placementId,
        results,
        level,
        points,
        confidence,
        holds: jsonOf(unsaidHolds(layout.checks, results, result.holds)),
        previous: before?.seq ?? null,
      });
    }
  }

  /** Ends a result: the scorecard applies no more, or is gone, or the entity is. */
  end(leased: Leased, before: CurrentResult): void {
    this.#push(leased, {
      scorecard_id: before.scorecardId,
      definition_id: before.definitionId,
      layout_id: before.layoutId,
      placement_id: before.placementId,
      results: null,
      level: null,
      points: null,
      confidence: null,
      holds: null,
      previous: before.seq,
    });
  }

  /** Says when the results of an entity may change by themselves. */
  schedule(
    entityId: number,
    at: number,
    cause: Cause,
    before: DueItem | undefined,
  ): void {
    if (at === Infinity) {
      if (before) this.differences.notDue.push(entityId);
    } else if (before?.[1] !== at || before[2] !== cause) {
      const { due } = this.differences;
      due.entity_id.push(entityId);
      due.at.push(at);
      due.cause.push(cause);
    }
  }

  /** Keeps the results of an entity that cannot be evaluated as they are. */
  fail(entityId: number, error: unknown): void {
    this.differences.failed.push({ entityId, error: String(error) });
  }

  #push({ entityId, cause, detail }: Leased, row: ResultRow): void {
    const { results: columns } = this.differences;
    columns.entity_id.push(entityId);
    columns.scorecard_id.push(row.scorecard_id);
    columns.definition_id.push(row.definition_id);
    columns.layout_id.push(row.layout_id);
    columns.placement_id.push(row.placement_id);
    columns.results.push(row.results);
    columns.level.push(row.level);
    columns.points.push(row.points);
    columns.confidence.push(row.confidence);
    columns.cause.push(cause);
    columns.detail.push(detail);
    columns.holds.push(row.holds);
    columns.previous.push(row.previous);
  }
}
