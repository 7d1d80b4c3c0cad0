import { NodeWith, SyntaxNode } from '../syntax';
import { ruleError } from '../values/Unknown';
import { compileAgeComparison, NumberComparison } from './age';
import {
  asInt,
  compileArithmetic,
  compileCall,
  compileNegation,
  isCount,
} from './calls';
import {
  Compilation,
  CompileProblem,
  constant,
  constantOf,
  Evaluate,
  Local,
} from './Compilation';
import {
  compileEquality,
  compileMembership,
  compileRelation,
  MIRRORED,
} from './comparison';
import {
  comparable,
  compileList,
  compileLiteral,
  compileMap,
  typeNamed,
} from './literals';
import { compileConditional, compileLogical, compileNot } from './logic';
import { compileMacro } from './macros';
import { compilePath, Path, pathOf } from './paths';
import {
  compileField,
  compileHas,
  compileIndex,
  compileOptionalField,
} from './selection';
import { compileWindowComparison } from './within';

/** Wraps the closure of a node, to record what it gives. */
export type Instrument = (
  node: SyntaxNode,
  evaluate: Evaluate,
  path: Path | undefined,
) => Evaluate;

/** @internal */
export interface CompileOptions {
  variables?: ReadonlySet<string>;
  /** Whether a path leads to whole numbers of a JSON document, where the checker cannot say so. */
  isWhole?: (path: Path) => boolean;
  instrument?: Instrument;
}

/** A compiled expression, and what in it could not be compiled. */
export interface CompiledExpression {
  readonly evaluate: Evaluate;
  readonly problems: readonly CompileProblem[];
}

const NOT_CONSTANT: Evaluate = () => null;

class ExpressionCompiler implements Compilation {
  readonly problems: CompileProblem[] = [];
  readonly source: string;
  readonly proving: boolean;
  readonly variables: ReadonlySet<string>;
  locals: ReadonlyMap<string, Local> = new Map();
  readonly #instrument: Instrument | undefined;
  readonly #isWhole: CompileOptions['isWhole'];

  constructor(source: string, options: CompileOptions) {
    this.source = source;
    this.variables = options.variables ?? new Set();
    this.#instrument = options.instrument;
    this.#isWhole = options.isWhole;
    this.proving = options.instrument !== undefined;
  }

  compile = (node: SyntaxNode): Evaluate => {
    const path = this.#pathOf(node);
    const evaluate = path ? compilePath(path, this) : this.#compileNode(node);
    const exact =
      isCount(node) || isWholeNumber(node) || (path && this.#isWhole?.(path))
        ? asInt(evaluate)
        : evaluate;
    return this.#instrument?.(node, exact, path) ?? exact;
  };

  compileComparable = (node: SyntaxNode): Evaluate => {
    const value = constantOf(this.#constantOf(node));
    if (value !== undefined) return constant(comparable(value));
    const path = this.#pathOf(node);
    if (!path && !isCount(node) && node.op !== 'list') {
      return this.compile(node);
    }
    let evaluate: Evaluate;
    if (path) evaluate = compilePath(path, this);
    else if (node.op === 'list') {
      evaluate = compileList(node.args.map(this.compileComparable));
    } else evaluate = this.#compileNode(node);
    return this.#instrument?.(node, evaluate, path) ?? evaluate;
  };

  withLocal<T>(name: string, json: boolean, body: (slot: number) => T): T {
    const outer = this.locals;
    // One slot per depth of nesting; a variable hides one of the same name.
    const slot = Math.max(-1, ...[...outer.values()].map(l => l.slot)) + 1;
    this.locals = new Map([...outer, [name, { slot, json }]]);
    try {
      return body(slot);
    } finally {
      this.locals = outer;
    }
  }

  refuse(node: SyntaxNode, reason: string): Evaluate {
    this.problems.push({ node, reason });
    return constant(ruleError(reason));
  }

  #pathOf(node: SyntaxNode) {
    return node.op === 'id' || node.op === '.' || node.op === '[]'
      ? pathOf(node, this)
      : undefined;
  }

  /** Literals alone: compiling anything else twice would note its problems twice. */
  #constantOf(node: SyntaxNode): Evaluate {
    const literal = node.op === '-_' ? node.args : node;
    return literal.op === 'value' ? this.#compileNode(node) : NOT_CONSTANT;
  }

  #compileNode(node: SyntaxNode): Evaluate {
    switch (node.op) {
      case 'value':
        return compileLiteral(node, this);
      case 'id':
        return this.#compileName(node, node.args);
      case '.':
        return this.#compileDotted(node) ?? compileField(node, this);
      case '.?':
        return compileOptionalField(node, this);
      case '[]':
      case '[?]':
        return compileIndex(node, this);
      case '!_':
        return compileNot(node, this);
      case '-_':
        return compileNegation(node, this);
      case '&&':
      case '||':
        return compileLogical(node, this);
      case '?:':
        return compileConditional(node, this);
      case 'list':
        return compileList(node.args.map(this.compile));
      case 'map':
        return compileMap(node, this);
      case 'call':
        return node.args[0] === 'has' && node.args[1].length === 1
          ? compileHas(node.args[1][0], this)
          : compileCall(node, this);
      case 'rcall':
        return compileMacro(node, this) ?? compileCall(node, this);
      case 'in':
        return compileMembership(node, this);
      case '==':
      case '!=':
        return this.#compileClock(node) ?? compileEquality(node, this);
      case '<':
      case '<=':
      case '>':
      case '>=':
        return this.#compileClock(node) ?? compileRelation(node, this);
      default:
        return compileArithmetic(node, this);
    }
  }

  #compileName(node: SyntaxNode, name: string): Evaluate {
    const type = typeNamed(name);
    if (type) return constant(type);
    return this.refuse(
      node,
      name === 'facts'
        ? 'facts needs the id of a source: facts.<source>'
        : `there is no variable ${name}; rules read entity and facts`,
    );
  }

  /** Names of types have dots. */
  #compileDotted(node: NodeWith<'.'>): Evaluate | undefined {
    const type = typeNamed(this.source.slice(node.start, node.end));
    return type && constant(type);
  }

  /** What is compared with the clock changes at an instant that is known from both sides of the comparison. */
  #compileClock(node: NodeWith<NumberComparison>): Evaluate | undefined {
    // A proof shows both sides; when the result changes is not its business.
    if (this.proving) return undefined;
    const [left, right] = node.args;
    const mirrored =
      node.op === '==' || node.op === '!=' ? node.op : MIRRORED[node.op];
    return (
      this.#clockWith(left, node.op, right) ??
      this.#clockWith(right, mirrored, left)
    );
  }

  #clockWith(
    counted: SyntaxNode,
    comparison: NumberComparison,
    bound: SyntaxNode,
  ): Evaluate | undefined {
    if (!isCount(counted)) return undefined;
    const value = constantOf(this.#constantOf(bound));
    if (value === undefined) return undefined;
    const limit = constant(comparable(value));
    return (
      compileAgeComparison(counted, comparison, limit, this) ??
      compileWindowComparison(counted, comparison, limit, this)
    );
  }
}

/** Whether the checker found a whole number where the value may come from a JSON document. */
function isWholeNumber(node: SyntaxNode): boolean {
  const type = node.checkedType?.name;
  return (type === 'int' || type === 'optional<int>') && node.op !== 'value';
}

/** Compiles a syntax tree to closures. */
export function compileExpression(
  source: string,
  node: SyntaxNode,
  options: CompileOptions = {},
): CompiledExpression {
  const compiler = new ExpressionCompiler(source, options);
  return { evaluate: compiler.compile(node), problems: compiler.problems };
}
