import { ScorecardSpec } from '@waymark/scorecards-common';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { Adopted, isOfKind } from '../definitions/tables';
import { StoredResult } from '../results/ResultReader';

const known = new WeakMap<ScorecardSpec, string>();

/** What the positions of results by a definition stand for; asked of each result that is shown. */
export function positionsOf(spec: ScorecardSpec): string {
  let positions = known.get(spec);
  if (positions === undefined) {
    const { levels, checks } = spec;
    positions = JSON.stringify([
      levels.map(({ id }) => id),
      checks.map(({ id }) => id),
    ]);
    known.set(spec, positions);
  }
  return positions;
}

/** The definitions by which stored results are shown. */
export class DefinitionsOfResults {
  readonly #inForce: ReadonlyMap<string, Adopted<'Scorecard'>>;
  readonly #byId: ReadonlyMap<number, Adopted<'Scorecard'>>;

  /** @param asOf - the instant whose results they are; the present when absent */
  static async read(
    definitions: DefinitionStore,
    results: readonly Pick<StoredResult, 'definitionId'>[],
    asOf?: Date,
  ): Promise<DefinitionsOfResults> {
    const { scorecards } = await definitions.inForce(asOf);
    const byId = new Map(scorecards.map(one => [one.id, one]));
    const earlier = new Set(
      results
        .map(({ definitionId }) => definitionId)
        .filter(id => !byId.has(id)),
    );
    if (earlier.size > 0) {
      const versions = await definitions.byIds([...earlier]);
      versions
        .filter(isOfKind('Scorecard'))
        .forEach(one => byId.set(one.id, one));
    }
    return new DefinitionsOfResults(
      new Map(scorecards.map(one => [one.name, one])),
      byId,
    );
  }

  private constructor(
    current: ReadonlyMap<string, Adopted<'Scorecard'>>,
    byId: ReadonlyMap<number, Adopted<'Scorecard'>>,
  ) {
    this.#inForce = current;
    this.#byId = byId;
  }

  /**
   * The version in force as long as the positions of the result mean the same in it, so that a better title is seen at
   * once; else the version that the result was made by.
   */
  of({
    scorecard,
    definitionId,
  }: Pick<StoredResult, 'scorecard' | 'definitionId'>): Adopted<'Scorecard'> {
    const applied = this.applied({ scorecard, definitionId });
    const current = this.#inForce.get(scorecard);
    return current && positionsOf(current.spec) === positionsOf(applied.spec)
      ? current
      : applied;
  }

  /** The version that the result was made by. */
  applied({
    scorecard,
    definitionId,
  }: Pick<StoredResult, 'scorecard' | 'definitionId'>): Adopted<'Scorecard'> {
    const applied = this.#byId.get(definitionId);
    if (!applied) {
      throw new Error(`No definition ${definitionId} of ${scorecard}`);
    }
    return applied;
  }
}
