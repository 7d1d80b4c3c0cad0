import { ParseError } from '@marcbachmann/cel-js';
import { z } from 'zod';
import { parseExpression } from '../rules/syntax';

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
    parseExpression(expression);
    return undefined;
  } catch (error) {
    const position = error instanceof ParseError ? error.range?.start ?? 0 : 0;
    // The parser bounds the depth of brackets, not that of a row of negations.
    const [reason] =
      error instanceof RangeError
        ? ['is nested too deep']
        : (error as Error).message.split('\n');
    return { ...positionAt(expression, position), reason: inWords(reason) };
  }
}

/** Line and column of an offset into a text, both counted from 1. */
export function positionAt(
  text: string,
  offset: number,
): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return {
    line: before.length,
    column: before[before.length - 1].length + 1,
  };
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
