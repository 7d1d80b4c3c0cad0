import { JsonValue } from '@backstage/types';
import { checkCelSyntax } from '@waymark/scorecards-common';

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;
const PLAIN = /^[^'\\\p{Cc}]*$/u;

/** A field of an object; in brackets where its name is no name of CEL. */
export const field = (object: string, name: string): string =>
  IDENTIFIER.test(name) && !checkCelSyntax(`a.${name}`)
    ? `${object}.${name}`
    : `${object}[${literal(name)}]`;

/** A value that is no list and no object. */
export function literal(value: JsonValue): string {
  if (typeof value === 'string') {
    return PLAIN.test(value) ? `'${value}'` : JSON.stringify(value);
  }
  if (typeof value === 'number' && !Number.isSafeInteger(value)) {
    // Whole numbers beyond the safe ones are no ints of CEL, and mean what a double means anyway.
    return Number.isInteger(value) ? value.toExponential() : String(value);
  }
  return String(value);
}

const isCompound = (expression: string) => /&&|\|\||\?/.test(expression);

/** Puts parentheses where an operator would tear an expression apart. */
const grouped = (expression: string) =>
  isCompound(expression) ? `(${expression})` : expression;

const chain = (operator: string, empty: string) => (parts: string[]) =>
  parts.length > 1
    ? parts.map(grouped).join(` ${operator} `)
    : parts[0] ?? empty;

export const and = chain('&&', 'true');
export const or = chain('||', 'false');
export const not = (expression: string) => `!(${expression})`;
