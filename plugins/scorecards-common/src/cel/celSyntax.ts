import { Environment, ParseError } from '@marcbachmann/cel-js';
import { z } from 'zod';

// Only the parser of this library is used: its evaluator matches regular expressions by backtracking. The parser knows
// the optional syntax (`a.?b`, `a[?0]`), points at the offending token and bounds depth and size of an expression.
const environment = new Environment({
  unlistedVariablesAreDyn: true,
  enableOptionalTypes: true,
});

/**
 * Where and why a text is not a CEL expression.
 * @public
 */
export interface CelSyntaxProblem {
  /** Counted from 1. */
  line: number;
  /** Counted from 1, in UTF-16 code units. */
  column: number;
  reason: string;
}

/**
 * Checks the syntax of a CEL expression; knows nothing of the names in it.
 *
 * @returns `undefined` when the syntax is right.
 * @public
 */
export function checkCelSyntax(
  expression: string,
): CelSyntaxProblem | undefined {
  try {
    environment.parse(expression);
    return undefined;
  } catch (error) {
    const position = error instanceof ParseError ? error.range?.start ?? 0 : 0;
    const before = expression.slice(0, position).split('\n');
    const [reason] = (error as Error).message.split('\n');
    return {
      line: before.length,
      column: before[before.length - 1].length + 1,
      reason: inWords(reason),
    };
  }
}

const TOKENS: Record<string, string> = {
  COLON: '":"',
  COMMA: '","',
  DIVIDE: '"/"',
  DOT: '"."',
  LBRACE: '"{"',
  LBRACKET: '"["',
  LPAREN: '"("',
  MULTIPLY: '"*"',
  PLUS: '"+"',
  QUESTION: '"?"',
  RBRACE: '"}"',
  RBRACKET: '"]"',
  RPAREN: '")"',
};

function inWords(reason: string): string {
  return reason
    .replace(/\bEOF\b/, 'the end of the expression')
    .replace(/^Unexpected token: /, 'unexpected ')
    .replace(/^Expected /, 'expected ')
    .replace(/\b[A-Z]{3,}\b/g, token => TOKENS[token] ?? token.toLowerCase());
}

/**
 * A CEL expression with valid syntax.
 * @public
 */
export const celSchema = z.string().superRefine((expression, context) => {
  const problem = checkCelSyntax(expression);
  if (problem) {
    context.addIssue({
      code: 'custom',
      message: `is not a CEL expression: line ${problem.line}, column ${problem.column}: ${problem.reason}`,
    });
  }
});
