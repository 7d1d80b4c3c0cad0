import type { JsonObject } from '@backstage/types';
import { Environment, type TypeCheckResult } from '@marcbachmann/cel-js';
import { checkCelSyntax, positionAt } from '../../cel/celSyntax';
import type { FactSourceSpec } from '../../factSource';
import { compileExpression } from '../compile/compileExpression';
import { CompiledRule } from '../CompiledRule';
import type { Path } from '../compile/paths';
import type { SyntaxNode } from '../syntax';
import { FactPathChecker, LocatedProblem } from './factPaths';
import { FactSchema, isWholeNumberAt } from './factSchema';
import { checkingEnvironment } from './factTypes';

/**
 * Why an expression was refused.
 * @public
 */
export interface RuleProblem {
  /** Where the expression stands in its definition, such as `spec.checks[0].rule`. */
  path: string;
  /** Counted from 1, within the expression. */
  line: number;
  /** Counted from 1, in UTF-16 code units. */
  column: number;
  reason: string;
}

/**
 * A compiled rule, or everything that is wrong with it.
 * @public
 */
export type RuleAdoption =
  | { ok: true; rule: CompiledRule }
  | { ok: false; problems: RuleProblem[] };

/** The part of a fact source that rules depend on. @public */
export type RuleFactSource = Pick<FactSourceSpec, 'id' | 'schema'>;

/**
 * Compiles rules over declared fact sources. What cannot be evaluated is refused here, not at run time: unknown facts,
 * operands that do not fit, results that are no truth value, regular expressions that are not linear-time, sizes beyond
 * the limits.
 *
 * @public
 */
export class RuleCompiler {
  readonly #schemas: Readonly<Record<string, FactSchema>>;
  readonly #environment: Environment;

  static create(options: { factSources: RuleFactSource[] }): RuleCompiler {
    return new RuleCompiler(
      Object.fromEntries(
        options.factSources.map(({ id, schema }) => [id, schema as JsonObject]),
      ),
    );
  }

  private constructor(schemas: Readonly<Record<string, FactSchema>>) {
    this.#schemas = schemas;
    this.#environment = checkingEnvironment(schemas);
  }

  /**
   * Compiles an expression.
   *
   * @param options - `path` names the expression in problems; `result` is `bool` for a rule, `any` where every value
   * is welcome, as for the parameters of a fix
   */
  compile(
    expression: string,
    options: { path: string; result?: 'bool' | 'any' },
  ): RuleAdoption {
    const { path, result = 'bool' } = options;
    const syntax = checkCelSyntax(expression);
    if (syntax) return { ok: false, problems: [{ path, ...syntax }] };
    const parsed = this.#environment.parse(expression);
    const node = parsed.ast as unknown as SyntaxNode;
    const compileOptions = { isWhole: this.#isWhole, result };
    // Later steps rely on the earlier ones: the compiler on what the checker noted in the tree.
    const steps: (() => LocatedProblem[])[] = [
      () => FactPathChecker.check(node, this.#schemas),
      () => typeProblems(parsed.check(), result),
      () =>
        compileExpression(expression, node, compileOptions).problems.map(
          problem => ({ ...problem, position: problem.node.start }),
        ),
    ];
    for (const step of steps) {
      const problems = step().map(({ position, reason }) => ({
        path,
        ...positionAt(expression, position),
        reason,
      }));
      if (problems.length > 0) return { ok: false, problems };
    }
    return {
      ok: true,
      rule: CompiledRule.create(expression, node, compileOptions),
    };
  }

  #isWhole = ({ root, name, keys }: Path): boolean =>
    root === 'facts' && isWholeNumberAt(this.#schemas[name], keys);
}

function typeProblems(
  { valid, type, error }: TypeCheckResult,
  result: 'bool' | 'any',
): LocatedProblem[] {
  if (!valid) {
    const [reason] = (error?.message ?? '').split('\n');
    return [{ position: error?.range?.start ?? 0, reason }];
  }
  const fits = result === 'any' || type === 'bool' || type === 'dyn';
  return fits
    ? []
    : [{ position: 0, reason: `must be true or false, not ${type}` }];
}
