import {
  RuleScope,
  type Fact,
  type ScorecardResult,
} from '@waymark/scorecards-common';
import type { ExemptChecks } from '../../exemptions/inForce';
import type { Cause } from '../cause';
import { Batch, CurrentResult, Differences } from './batch';
import { CompiledDefinitions, ReadyScorecard } from './CompiledDefinitions';
import { DifferenceCollector } from './DifferenceCollector';
import { historyOf, withExemptions } from './holds';
import type { KeptInputs } from './KeptInputs';
import { EntityInputs, readBatch } from './readBatch';

/**
 * Evaluates a batch. Pure: the same definitions and batch always give the same.
 *
 * @param kept - entities and facts in place of those of the batch
 */
export function evaluateBatch(
  definitions: CompiledDefinitions,
  batch: Batch,
  kept?: KeptInputs,
): Differences {
  const inputsOf = readBatch(definitions, batch, kept);
  const collector = new DifferenceCollector();
  const scope = RuleScope.create();
  const unusable = definitions.unusable.map(({ scorecardId }) => scorecardId);
  for (const leased of batch.leased) {
    const { entityId } = leased;
    const inputs = inputsOf(entityId);
    const { entity, facts, current, placementId, due, exempt } = inputs;
    try {
      if (entity) scope.enter({ entity, facts, now: batch.now });
      const results = entity ? evaluateEntity(definitions, scope, inputs) : [];
      const judged = new Set(entity ? unusable : []);
      let nextChangeAt = Infinity;
      for (const [scorecard, result] of results) {
        judged.add(scorecard.scorecardId);
        nextChangeAt = Math.min(nextChangeAt, result.nextChangeAt);
        const before = current.get(scorecard.scorecardId);
        collector.compare(leased, placementId, scorecard, result, before);
      }
      for (const before of current.values()) {
        if (!judged.has(before.scorecardId)) collector.end(leased, before);
      }
      const cause = causeOfChangeAt(nextChangeAt, facts, exempt);
      collector.schedule(entityId, nextChangeAt, cause, due);
    } catch (error) {
      // One entity that cannot be evaluated never stops the rest.
      collector.fail(entityId, error);
    }
  }
  return { ...collector.differences, unusable: definitions.unusable };
}

function evaluateEntity(
  definitions: CompiledDefinitions,
  scope: RuleScope,
  { entity, current, exempt }: EntityInputs,
): [ReadyScorecard, ScorecardResult][] {
  return definitions.scorecards
    .filter(({ appliesTo }) => appliesTo(entity))
    .map(scorecard => {
      const before = current.get(scorecard.scorecardId);
      const history = withExemptions(
        before && historyIn(definitions, before),
        exempt.get(scorecard.name),
      );
      return [scorecard, scorecard.compiled.evaluate(scope, history)];
    });
}

function historyIn(
  { layouts }: CompiledDefinitions,
  { layoutId, results, holds }: CurrentResult,
) {
  const layout = layouts.get(layoutId);
  if (!layout) throw new Error(`No layout ${layoutId} of results`);
  return historyOf(layout.checks, results, holds);
}

function causeOfChangeAt(
  instant: number,
  facts: Readonly<Record<string, Fact>>,
  exempt: ExemptChecks,
): Cause {
  for (const checks of exempt.values()) {
    for (const until of checks.values()) {
      if (until === instant) return 'exemption';
    }
  }
  return Object.values(facts).some(({ freshUntil }) => freshUntil === instant)
    ? 'staleness'
    : 'time';
}
