import {
  CompiledScorecard,
  RuleCompiler,
  RuleProblem,
  ScorecardSpec,
} from '@waymark/scorecards-common';
import { setImmediate } from 'node:timers/promises';
import { Proposal } from './seen';
import { Adopted, DefinitionProblem } from './tables';

type Source = Pick<Adopted<'FactSource'>, 'hash' | 'spec'>;

const toProblem = ({ path, line, column, reason }: RuleProblem) => ({
  path,
  reason: `line ${line}, column ${column}: ${reason}`,
});

/** Checks the rules of scorecards against fact sources, and remembers the outcomes of the last time. */
export class RuleChecks {
  #sources = '';
  #outcomes = new Map<string, DefinitionProblem[]>();

  static create(): RuleChecks {
    return new RuleChecks();
  }

  private constructor() {}

  /** @returns what is wrong with each, by its ref */
  async check(
    scorecards: Proposal<'Scorecard'>[],
    sources: readonly Source[],
  ): Promise<Map<string, DefinitionProblem[]>> {
    const against = sources
      .map(({ hash }) => hash)
      .sort()
      .join();
    const before =
      against === this.#sources
        ? this.#outcomes
        : new Map<string, DefinitionProblem[]>();
    const compiler = compilerOf(sources);
    // Made anew, so that definitions that are no more leave nothing behind.
    const outcomes = new Map<string, DefinitionProblem[]>();
    const problems = new Map<string, DefinitionProblem[]>();
    for (const { ref, hash, spec } of scorecards) {
      const known = before.get(hash) ?? outcomes.get(hash);
      if (!known) {
        // Hundreds of rules take a while to compile: requests may go between.
        await setImmediate();
      }
      const outcome = known ?? problemsOf(spec, compiler);
      outcomes.set(hash, outcome);
      problems.set(ref, outcome);
    }
    this.#sources = against;
    this.#outcomes = outcomes;
    return problems;
  }
}

/** Compiles rules against fact sources. */
export function compilerOf(
  sources: readonly Pick<Source, 'spec'>[],
): RuleCompiler {
  return RuleCompiler.create({
    factSources: sources.map(({ spec }) => spec),
  });
}

/** Compiles a scorecard, or says what is wrong with it. */
export function adopt(
  spec: ScorecardSpec,
  compiler: RuleCompiler,
):
  | { ok: true; scorecard: CompiledScorecard }
  | { ok: false; problems: DefinitionProblem[] } {
  const adoption = CompiledScorecard.adopt(spec, compiler);
  return adoption.ok
    ? adoption
    : { ok: false, problems: adoption.problems.map(toProblem) };
}

function problemsOf(
  spec: ScorecardSpec,
  compiler: RuleCompiler,
): DefinitionProblem[] {
  const adoption = adopt(spec, compiler);
  return adoption.ok ? [] : adoption.problems;
}
