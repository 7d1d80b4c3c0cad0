import { Environment, ParseError } from '@marcbachmann/cel-js';

/** Every operator with two strict operands. */
export type BinaryOperator =
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | 'in';

interface NodePosition {
  /** Offsets into the expression, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  /** Set by the library's checker. */
  readonly checkedType?: { readonly kind: string; readonly name: string };
}

type Operands = readonly [SyntaxNode, SyntaxNode];

interface ArgumentsByOperator extends Record<BinaryOperator, Operands> {
  value: unknown;
  id: string;
  '.': readonly [SyntaxNode, string];
  '.?': readonly [SyntaxNode, string];
  '[]': Operands;
  '[?]': Operands;
  call: readonly [string, readonly SyntaxNode[]];
  rcall: readonly [string, SyntaxNode, readonly SyntaxNode[]];
  list: readonly SyntaxNode[];
  map: readonly (readonly [SyntaxNode, SyntaxNode])[];
  '?:': readonly [SyntaxNode, SyntaxNode, SyntaxNode];
  '!_': SyntaxNode;
  '-_': SyntaxNode;
  '&&': Operands;
  '||': Operands;
}

/** The syntax tree of the library, by operator. Macros appear as the calls that they were written as. */
export type SyntaxNode = {
  [Op in keyof ArgumentsByOperator]: NodePosition & {
    readonly op: Op;
    readonly args: ArgumentsByOperator[Op];
  };
}[keyof ArgumentsByOperator];

/** A node of certain operators. */
export type NodeWith<Op extends SyntaxNode['op']> = Extract<
  SyntaxNode,
  { readonly op: Op }
>;

/** Longest expression, in UTF-16 code units: several times what a person reviews with pleasure. */
export const MAX_EXPRESSION_LENGTH = 16_384;

/** What the parser accepts at most. Compiler and evaluator recurse, so these also bound their stack. */
export const SYNTAX_OPTIONS = {
  enableOptionalTypes: true,
  homogeneousAggregateLiterals: false,
  limits: {
    maxAstNodes: 2_000,
    maxDepth: 100,
    maxListElements: 500,
    maxMapEntries: 500,
    maxCallArguments: 8,
  },
} as const;

// Only the parser and the checker of this library are used: its evaluator matches regular expressions by backtracking.
// The parser knows the optional syntax (`a.?b`, `a[?0]`) and points at the offending token.
const environment = new Environment({
  ...SYNTAX_OPTIONS,
  unlistedVariablesAreDyn: true,
});

/**
 * Parses an expression; knows nothing of the names in it.
 *
 * @throws ParseError of the library, with the range of the offending token
 */
export function parseExpression(expression: string): SyntaxNode {
  const { ast } = environment.parse(expression);
  if (expression.length > MAX_EXPRESSION_LENGTH) {
    throw new ParseError(
      `is ${expression.length} characters long, at most ${MAX_EXPRESSION_LENGTH} are allowed`,
    );
  }
  return ast as unknown as SyntaxNode;
}

/** The operands of a chain of one logical operator, `a && b && c`, in order. */
export function operandsOf(
  node: SyntaxNode,
  operator: '&&' | '||',
): SyntaxNode[] {
  const operands: SyntaxNode[] = [];
  let rest = node;
  while (rest.op === operator) {
    operands.unshift(rest.args[1]);
    [rest] = rest.args;
  }
  return [rest, ...operands];
}

/** The nodes directly below a node. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  switch (node.op) {
    case 'value':
    case 'id':
      return [];
    case '.':
    case '.?':
      return [node.args[0]];
    case 'call':
      return node.args[1];
    case 'rcall':
      return [node.args[1], ...node.args[2]];
    case 'map':
      return node.args.flat();
    case '!_':
    case '-_':
      return [node.args];
    default:
      return node.args;
  }
}

/** Visits a node and everything below it. */
export function walk(
  node: SyntaxNode,
  visit: (node: SyntaxNode) => void,
): void {
  visit(node);
  for (const child of childrenOf(node)) walk(child, visit);
}
