import { CompiledScorecard, RuleCompiler } from '@waymark/scorecards-common';
import { LRUCache } from 'lru-cache';
import { Adopted } from '../definitions/tables';

/** Compiled versions kept for the next reader; a firm has tens of scorecards in force. */
const KEPT = 500;

/** Scorecards compiled against the fact sources of some instant. Each pair of versions is compiled once. */
export class CompiledVersions {
  readonly #compiled = new LRUCache<
    string,
    { scorecard: CompiledScorecard | undefined }
  >({ max: KEPT });

  static create(): CompiledVersions {
    return new CompiledVersions();
  }

  private constructor() {}

  /** @returns undefined where the rules do not fit the fact sources of that instant */
  of(
    scorecard: Adopted<'Scorecard'>,
    factSources: readonly Adopted<'FactSource'>[],
  ): CompiledScorecard | undefined {
    const key = JSON.stringify([
      scorecard.hash,
      ...factSources.map(({ hash }) => hash),
    ]);
    let kept = this.#compiled.get(key);
    if (!kept) {
      const adoption = CompiledScorecard.adopt(
        scorecard.spec,
        RuleCompiler.create({
          factSources: factSources.map(({ spec }) => spec),
        }),
      );
      kept = { scorecard: adoption.ok ? adoption.scorecard : undefined };
      this.#compiled.set(key, kept);
    }
    return kept.scorecard;
  }
}
