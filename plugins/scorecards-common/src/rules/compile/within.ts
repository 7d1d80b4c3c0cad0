import type { SyntaxNode } from '../syntax';
import { noOverload } from '../values/arithmetic';
import { Unknown } from '../values/Unknown';
import { CelValue, Duration, isList, KnownValue } from '../values/values';
import { holds, instantOf, NumberComparison } from './age';
import {
  Compilation,
  constantOf,
  Evaluate,
  TOO_MUCH_WORK,
} from './Compilation';
import type { RuleScope } from './RuleScope';

const NANOS_PER_MS = 1_000_000n;

/** When an item is in the window: from its own instant until it is too old. */
interface Stay {
  readonly from: number;
  readonly until: number;
}

/** Items and their stays, or why they are not known. */
type Window = (
  scope: RuleScope,
) => { items: readonly KnownValue[]; stays: readonly Stay[] } | Unknown;

function compileWindow(
  args: readonly SyntaxNode[],
  compilation: Compilation,
): Window {
  const [list, length] = args.map(compilation.compile);
  return scope => {
    const items = list(scope);
    if (items instanceof Unknown) return items;
    const duration = length(scope);
    if (duration instanceof Unknown) return duration;
    if (!isList(items) || !(duration instanceof Duration)) {
      return noOverload('within()', items, duration);
    }
    if (!scope.spend(items.length)) return TOO_MUCH_WORK;
    const milliseconds = Number(duration.nanos / NANOS_PER_MS);
    const stays: Stay[] = [];
    for (const item of items) {
      const from = instantOf(item);
      if (from instanceof Unknown) return from;
      stays.push({ from, until: from + milliseconds });
    }
    return { items, stays };
  };
}

const contains = (stay: Stay, now: number) =>
  stay.from <= now && now < stay.until;

/** `within(list, days(n))`: the items that are in the past, but less than the duration ago. */
export function compileWithin(
  args: readonly SyntaxNode[],
  compilation: Compilation,
): Evaluate {
  const window = compileWindow(args, compilation);
  return scope => {
    const read = window(scope);
    if (read instanceof Unknown) return read;
    for (const { from, until } of read.stays) {
      if (from > scope.now) scope.changesAt(from);
      else if (until > scope.now) scope.changesAt(until);
    }
    return read.items.filter((_, index) =>
      contains(read.stays[index], scope.now),
    );
  };
}

/** The first instant after now at which the number of items in the window compares differently. */
function nextTurn(
  stays: readonly Stay[],
  now: number,
  outcome: (count: number) => boolean,
): number {
  let count = stays.filter(stay => contains(stay, now)).length;
  const present = outcome(count);
  const steps = stays
    .flatMap(({ from, until }) => [
      { at: from, step: 1 },
      { at: until, step: -1 },
    ])
    .filter(({ at }) => at > now)
    .sort((a, b) => a.at - b.at);
  for (let index = 0; index < steps.length; index += 1) {
    count += steps[index].step;
    // Whatever happens at one instant happens together.
    const settled = steps[index + 1]?.at !== steps[index].at;
    if (settled && outcome(count) !== present) return steps[index].at;
  }
  return Infinity;
}

/** The arguments of `size(within(a, b))` or `within(a, b).size()`. */
function countedWindow(node: SyntaxNode): readonly SyntaxNode[] | undefined {
  let counted: SyntaxNode | undefined;
  if (node.op === 'call' && node.args[0] === 'size') {
    [, [counted]] = node.args;
  } else if (node.op === 'rcall' && node.args[0] === 'size') {
    [, counted] = node.args;
  }
  if (counted?.op !== 'call') return undefined;
  const [name, args] = counted.args;
  return name === 'within' && args.length === 2 ? args : undefined;
}

/**
 * The number of items in a window compared with a fixed number: changes when enough of them have left or come.
 *
 * @returns `undefined` where the node is anything else
 */
export function compileWindowComparison(
  counted: SyntaxNode,
  comparison: NumberComparison,
  bound: Evaluate,
  compilation: Compilation,
): Evaluate | undefined {
  const args = countedWindow(counted);
  const limit = constantOf(bound);
  if (!args || typeof limit !== 'number') return undefined;
  const window = compileWindow(args, compilation);
  const outcome = (count: number) => holds(count, comparison, limit);
  return (scope): CelValue => {
    const read = window(scope);
    if (read instanceof Unknown) return read;
    const { stays } = read;
    scope.changesAt(nextTurn(stays, scope.now, outcome));
    return outcome(stays.filter(stay => contains(stay, scope.now)).length);
  };
}
