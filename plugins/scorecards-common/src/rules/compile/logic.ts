import { operandsOf, NodeWith } from '../syntax';
import { eitherUnknown, Unknown } from '../values/Unknown';
import type { CelValue } from '../values/values';
import { Compilation, Evaluate, notBool } from './Compilation';

/** An operand that is neither true nor false, as the unknown that it makes of the result. */
function undecidedBy(value: CelValue, operator: string): Unknown {
  return value instanceof Unknown ? value : notBool(value, operator);
}

/** Of what was undecided so far and an operand that is neither true nor false, the unknown to report. */
export function alsoUndecided(
  sofar: Unknown | undefined,
  value: CelValue,
  operator: string,
): Unknown {
  const unknown = undecidedBy(value, operator);
  return sofar ? eitherUnknown(sofar, unknown) : unknown;
}

function ofTwo(
  left: Evaluate,
  right: Evaluate,
  absorbing: boolean,
  operator: string,
): Evaluate {
  return scope => {
    const first = left(scope);
    if (first === absorbing) return absorbing;
    const second = right(scope);
    if (second === absorbing) return absorbing;
    if (first === !absorbing && second === !absorbing) return second;
    const undecided =
      first === !absorbing ? undefined : undecidedBy(first, operator);
    return second === !absorbing && undecided
      ? undecided
      : alsoUndecided(undecided, second, operator);
  };
}

/**
 * `&&` and `||` in Kleene's strong three-valued logic K3: `false && unknown` is false, whichever side comes first
 * (langdef, "Logical Operators"). What the decision does not need is not evaluated.
 */
export function compileLogical(
  node: NodeWith<'&&' | '||'>,
  compilation: Compilation,
): Evaluate {
  const operator = node.op;
  const absorbing = operator === '||';
  const operands = operandsOf(node, operator).map(compilation.compile);
  if (operands.length === 2) {
    return ofTwo(operands[0], operands[1], absorbing, operator);
  }
  return scope => {
    let undecided: Unknown | undefined;
    for (const operand of operands) {
      const value = operand(scope);
      if (value === absorbing) return absorbing;
      if (value !== !absorbing) {
        undecided = alsoUndecided(undecided, value, operator);
      }
    }
    return undecided ?? !absorbing;
  };
}

/** `!a`: the negation of what is not known is not known. */
export function compileNot(
  node: NodeWith<'!_'>,
  compilation: Compilation,
): Evaluate {
  const operand = compilation.compile(node.args);
  return scope => {
    const value = operand(scope);
    if (value === true) return false;
    return value === false ? true : undecidedBy(value, '!');
  };
}

/** `a ? b : c`: only the chosen branch is evaluated; a condition that is not known chooses none. */
export function compileConditional(
  node: NodeWith<'?:'>,
  compilation: Compilation,
): Evaluate {
  const [condition, consequent, alternative] = node.args.map(
    compilation.compile,
  );
  return scope => {
    const value = condition(scope);
    if (value === true) return consequent(scope);
    return value === false ? alternative(scope) : undecidedBy(value, '?:');
  };
}
