import type { JsonValue } from '@backstage/types';
import { compileExpression } from '../compile/compileExpression';
import type { CompileOptions } from '../compile/compileExpression';
import type { Evaluate } from '../compile/Compilation';
import type { RuleScope } from '../compile/RuleScope';
import type { FactProvenance, Facts } from '../facts';
import { childrenOf, operandsOf, SyntaxNode } from '../syntax';
import { Unknown, UnknownReason } from '../values/Unknown';
import type { CelValue } from '../values/values';
import { proofValue } from './proofValue';
import { Recorded, Recorder } from './Recorder';

/**
 * What one sub-expression gave, and why.
 * @public
 */
export interface Proof {
  /** The sub-expression as the rule writes it, and where. */
  readonly expression: string;
  readonly start: number;
  readonly end: number;
  /** False where the result was decided without it. */
  readonly evaluated: boolean;
  /** The value, where it is known; times and durations as text. */
  readonly value?: JsonValue;
  /** True where the value is larger than what is shown. */
  readonly cut?: boolean;
  /** True at the root where so much was evaluated that not all of it is shown. */
  readonly incomplete?: boolean;
  /** Why there is no value. */
  readonly unknown?: {
    readonly reason: UnknownReason;
    readonly detail: string;
    readonly source?: string;
  };
  /** For a field of a fact: where it comes from. */
  readonly fact?: FactProvenance & {
    readonly source: string;
    readonly path: readonly string[];
  };
  /** What it was computed from, in the order of evaluation; for a loop one for each item that was looked at. */
  readonly children: readonly Proof[];
}

/** Compiles the same expression once more, so that every sub-expression is recorded. */
export function compileForProof(
  source: string,
  node: SyntaxNode,
  options: Omit<CompileOptions, 'instrument'>,
): Evaluate {
  const { evaluate } = compileExpression(source, node, {
    ...options,
    instrument: (sub, compiled, path) => {
      if (sub.op === 'value') return compiled;
      return scope => {
        const recorder = scope.recorder!;
        const recorded = recorder.begin(sub, path);
        const value = compiled(scope);
        recorder.end(recorded, value);
        return value;
      };
    },
  });
  return evaluate;
}

/** What a reader expects below a node even where it was not evaluated. */
function expectedChildren(node: SyntaxNode): readonly SyntaxNode[] {
  if (node.op === '&&' || node.op === '||') return operandsOf(node, node.op);
  return node.op === '?:' ? childrenOf(node) : [];
}

class ProofBuilder {
  readonly #source: string;
  readonly #facts: Facts;

  constructor(source: string, facts: Facts) {
    this.#source = source;
    this.#facts = facts;
  }

  build(recorded: Recorded): Proof {
    const { node, value } = recorded;
    const evaluated = new Map(
      recorded.children.map(child => [child.node, child]),
    );
    const expected = expectedChildren(node);
    const children =
      expected.length > 0
        ? expected
            .filter(child => child.op !== 'value')
            .map(child => {
              const found = evaluated.get(child);
              return found ? this.build(found) : this.#skipped(child);
            })
        : recorded.children.map(child => this.build(child));
    return {
      ...this.#position(node),
      evaluated: true,
      ...valueFields(value),
      ...this.#factFields(recorded),
      children,
    };
  }

  #position(node: SyntaxNode) {
    const { start, end } = node;
    return { expression: this.#source.slice(start, end), start, end };
  }

  #skipped(node: SyntaxNode): Proof {
    return { ...this.#position(node), evaluated: false, children: [] };
  }

  #factFields({ path }: Recorded): Pick<Proof, 'fact'> {
    if (path?.root !== 'facts') return {};
    const { name, keys } = path;
    const provenance = Object.hasOwn(this.#facts, name)
      ? this.#facts[name].provenance
      : {};
    return { fact: { ...provenance, source: name, path: keys } };
  }
}

function valueFields(
  value: Recorded['value'],
): Pick<Proof, 'value' | 'cut' | 'unknown'> {
  if (value instanceof Unknown) {
    const { reason, detail, source } = value;
    return {
      unknown: { reason, detail, ...(source === undefined ? {} : { source }) },
    };
  }
  const { json, cut } = proofValue(value);
  return { value: json, ...(cut ? { cut } : {}) };
}

/**
 * Evaluates with recording, and tells what every sub-expression gave.
 *
 * @param outcomeOf - makes the outcome of the whole of its value
 */
export function prove(
  evaluate: Evaluate,
  source: string,
  scope: RuleScope,
  outcomeOf: (value: CelValue) => CelValue,
): Proof {
  const recorder = Recorder.create();
  scope.recorder = recorder;
  try {
    const value = outcomeOf(evaluate(scope));
    if (recorder.root) {
      recorder.root.value = value;
      const proof = new ProofBuilder(source, scope.facts).build(recorder.root);
      return recorder.truncated ? { ...proof, incomplete: true } : proof;
    }
    // The whole rule is a literal.
    return {
      expression: source,
      start: 0,
      end: source.length,
      evaluated: true,
      ...valueFields(value),
      children: [],
    };
  } finally {
    scope.recorder = undefined;
  }
}
