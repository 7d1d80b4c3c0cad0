import type { RuleCompiler, RuleProblem } from '../rules/adoption/RuleCompiler';
import type { CompiledRule } from '../rules/CompiledRule';
import type { RuleScope } from '../rules/compile/RuleScope';
import type { ScorecardCheck, ScorecardSpec } from '../scorecard';
import { packResults } from './checkResult';
import {
  CheckHistory,
  CompiledCheck,
  evaluateCheck,
  Hold,
} from './evaluateCheck';
import { Score, scoreOf } from './score';

/**
 * A compiled scorecard, or everything that is wrong with its expressions.
 * @public
 */
export type ScorecardAdoption =
  | { ok: true; scorecard: CompiledScorecard }
  | { ok: false; problems: RuleProblem[] };

/**
 * What the results of a scorecard for one entity depend on besides the facts, by id of the check.
 * @public
 */
export type ScorecardHistory = Readonly<Record<string, CheckHistory>>;

/**
 * All results of a scorecard for one entity.
 * @public
 */
export interface ScorecardResult extends Score {
  /** The results of the checks in the order of the definition, see `unpackResults`. */
  readonly results: string;
  /** By id of the check: what it said when it was last known. */
  readonly holds: Readonly<Record<string, Hold>>;
  /** First instant at which anything of this may differ without a new fact, in ms since 1970. */
  readonly nextChangeAt: number;
}

/** Compiles the expressions of a scorecard and gathers their problems. */
class Adoption {
  readonly problems: RuleProblem[] = [];
  readonly #compiler: RuleCompiler;

  constructor(compiler: RuleCompiler) {
    this.#compiler = compiler;
  }

  compile(
    expression: string,
    path: string,
    result: 'bool' | 'any' = 'bool',
  ): CompiledRule | undefined {
    const adoption = this.#compiler.compile(expression, { path, result });
    if (adoption.ok) return adoption.rule;
    this.problems.push(...adoption.problems);
    return undefined;
  }

  check(
    definition: ScorecardCheck,
    path: string,
    levels: readonly string[],
  ): CompiledCheck | undefined {
    const optional = (name: 'when' | 'warn') => {
      const expression = definition[name];
      return expression === undefined
        ? undefined
        : this.compile(expression, `${path}.${name}`);
    };
    const rule = this.compile(definition.rule, `${path}.rule`);
    const [when, warn] = [optional('when'), optional('warn')];
    const fixWith: Record<string, CompiledRule> = {};
    for (const [name, expression] of Object.entries(
      definition.fix?.with ?? {},
    )) {
      const value = this.compile(expression, `${path}.fix.with.${name}`, 'any');
      if (value) fixWith[name] = value;
    }
    return (
      rule && {
        definition,
        rule,
        when,
        warn,
        fixWith,
        level: levels.indexOf(definition.level),
        weight: definition.weight,
        effectiveFrom: definition.effectiveFrom
          ? Date.parse(`${definition.effectiveFrom}T00:00:00Z`)
          : -Infinity,
      }
    );
  }
}

/**
 * A scorecard whose expressions are compiled against the fact sources. Pure, and reused for every entity.
 * @public
 */
export class CompiledScorecard {
  readonly spec: ScorecardSpec;
  readonly checks: readonly CompiledCheck[];
  /** Conditions under which further groups approve an exemption, in the order of `exemptions.also`. */
  readonly exemptionConditions: readonly CompiledRule[];
  /** Ids of the fact sources that any rule reads, sorted. */
  readonly sources: readonly string[];

  /** Compiles every expression; one problem refuses all of it, so that the last good version stays in force. */
  static adopt(spec: ScorecardSpec, compiler: RuleCompiler): ScorecardAdoption {
    const adoption = new Adoption(compiler);
    const levels = spec.levels.map(({ id }) => id);
    const checks = spec.checks.map((check, index) =>
      adoption.check(check, `spec.checks[${index}]`, levels),
    );
    const conditions = spec.exemptions.also.map(({ when }, index) =>
      adoption.compile(when, `spec.exemptions.also[${index}].when`),
    );
    return adoption.problems.length > 0
      ? { ok: false, problems: adoption.problems }
      : {
          ok: true,
          scorecard: new CompiledScorecard(
            spec,
            checks as CompiledCheck[],
            conditions as CompiledRule[],
          ),
        };
  }

  private constructor(
    spec: ScorecardSpec,
    checks: readonly CompiledCheck[],
    exemptionConditions: readonly CompiledRule[],
  ) {
    this.spec = spec;
    this.checks = checks;
    this.exemptionConditions = exemptionConditions;
    const sources = checks.flatMap(({ rule, when, warn }) =>
      [rule, when, warn].flatMap(compiled => compiled?.sources ?? []),
    );
    this.sources = [...new Set(sources)].sort();
  }

  /**
   * Evaluates all checks for the entity of a scope, and scores them.
   *
   * @param history - the holds of the previous evaluation, and the exemptions in force
   */
  evaluate(scope: RuleScope, history: ScorecardHistory = {}): ScorecardResult {
    const holds: Record<string, Hold> = {};
    let nextChangeAt = Infinity;
    const results = this.checks.map(check => {
      const { id } = check.definition;
      const evaluation = evaluateCheck(
        check,
        scope,
        Object.hasOwn(history, id) ? history[id] : undefined,
      );
      if (evaluation.hold) holds[id] = evaluation.hold;
      nextChangeAt = Math.min(nextChangeAt, evaluation.nextChangeAt);
      return evaluation.result;
    });
    return {
      results: packResults(results),
      ...scoreOf(this.checks, results),
      holds,
      nextChangeAt,
    };
  }
}
