import { RE2JS } from 're2js';
import { ruleError, Unknown } from './values/Unknown';

/** Longest pattern, in UTF-16 code units. */
const MAX_PATTERN_LENGTH = 1_000;
/** Most instructions of a compiled pattern: `(a{1000}){1000}` is short, its program is not. */
const MAX_PROGRAM_SIZE = 20_000;
const REPETITION = /\{(\d+)(?:,(\d*))?\}/g;

/** A compiled pattern, searched for anywhere in a text. */
export interface Pattern {
  test(text: string): boolean;
}

/** How many times its own length the counted repetitions of a pattern multiply it at most. */
function repetitions(pattern: string): number {
  let product = 1;
  for (const [, least, most] of pattern.matchAll(REPETITION)) {
    product *= Math.max(1, Number(least), Number(most ?? 0));
  }
  return product;
}

/**
 * Compiles a regular expression of RE2, whose matching takes time linear in the text, whatever the pattern
 * (Cox, "Regular Expression Matching Can Be Simple And Fast", 2007). Back references and look-around do not exist in it.
 *
 * @returns why it cannot be used, where it cannot
 */
export function compilePattern(pattern: string): Pattern | Unknown {
  if (pattern.length > MAX_PATTERN_LENGTH) {
    return ruleError(
      `the regular expression is longer than ${MAX_PATTERN_LENGTH} characters`,
    );
  }
  if (pattern.length * repetitions(pattern) > MAX_PROGRAM_SIZE) {
    return ruleError('the regular expression repeats too much');
  }
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    return ruleError(
      `the regular expression is not linear-time: ${(error as Error).message}`,
    );
  }
}
