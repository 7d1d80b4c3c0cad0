import {
  Document,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  Node,
  Pair,
  Scalar,
} from 'yaml';

/** Offsets into the text. */
export interface Place {
  from: number;
  to: number;
}

const SEGMENT = /\['([^']*)'\]|\[(\d+)\]|\.?([^.[\]]+)/g;
const BLOCKS: unknown[] = [Scalar.BLOCK_FOLDED, Scalar.BLOCK_LITERAL];
const QUOTES: unknown[] = [Scalar.QUOTE_DOUBLE, Scalar.QUOTE_SINGLE];

const segmentsOf = (path: string): (string | number)[] =>
  [...path.matchAll(SEGMENT)].map(([, quoted, index, name]) =>
    index === undefined ? quoted ?? name : Number(index),
  );

const pairOf = (node: unknown, key: string | number): Pair | undefined =>
  isMap(node)
    ? node.items.find(
        item => (isScalar(item.key) ? item.key.value : item.key) === key,
      )
    : undefined;

/** The deepest part of the document that a path leads to, and whether that is all of it. */
function find(document: Document, path: string) {
  let value: unknown = document.contents;
  let key: unknown;
  let isWhole = true;
  for (const segment of segmentsOf(path)) {
    const pair = pairOf(value, segment);
    const next =
      pair ?? (isSeq(value) ? value.items[Number(segment)] : undefined);
    if (next === undefined) {
      isWhole = false;
      break;
    }
    key = isPair(next) ? next.key : next;
    value = isPair(next) ? next.value : next;
  }
  return { key, value, isWhole };
}

const lineEnd = (text: string, from: number) => {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end;
};

/** The text that a path leads to, if it is one. */
export function textAt(document: Document, path: string): string | undefined {
  const { value, isWhole } = find(document, path);
  return isWhole && isScalar(value) && typeof value.value === 'string'
    ? value.value
    : undefined;
}

/** Where in the text something is wrong that a path tells: the value of a key, or the key where it is more than a line. */
export function placeOf(text: string, document: Document, path: string): Place {
  const { key, value, isWhole } = find(document, path);
  const isShort = isWhole && isScalar(value) && value.value !== null;
  const marked = isShort || !isNode(key) ? value : key;
  const [from, to] = (isNode(marked) && marked.range) || [0, 0];
  const end = Math.min(to, lineEnd(text, from));
  return { from, to: Math.max(from, end) };
}

/**
 * Where in the text an expression has a problem. What is folded or quoted stands there otherwise than it reads, so the
 * text is walked along with it.
 */
export function placeInExpression(
  text: string,
  document: Document,
  problem: { path: string; line: number; column: number },
): Place {
  const { value: node } = find(document, problem.path);
  if (!isScalar(node) || typeof node.value !== 'string' || !node.range) {
    return placeOf(text, document, problem.path);
  }
  const before = node.value.split('\n').slice(0, problem.line - 1);
  const offset =
    before.reduce((length, line) => length + line.length + 1, 0) +
    problem.column -
    1;
  const from = offsetInText(text, node as Scalar<string>, offset);
  const [word] = /^[\w.]+/.exec(text.slice(from)) ?? [''];
  // At the very end there is nothing to mark but what stands before it.
  const isEnd = from >= node.range[1] || word === '';
  return isEnd
    ? {
        from: Math.max(node.range[0], from - 1),
        to: Math.max(from, node.range[0] + 1),
      }
    : { from, to: from + word.length };
}

function beginOf(text: string, node: Node & Scalar): number {
  const [start] = node.range!;
  if (BLOCKS.includes(node.type)) return lineEnd(text, start) + 1;
  return QUOTES.includes(node.type) ? start + 1 : start;
}

/** The offset into the text of an offset into the value of a scalar. */
function offsetInText(
  text: string,
  node: Scalar<string>,
  offset: number,
): number {
  let at = beginOf(text, node);
  const end = node.range![1];
  const fits = (char: string) =>
    text[at] === char || (/\s/.test(char) && /\s/.test(text[at]));
  for (const char of node.value.slice(0, offset)) {
    while (at < end && !fits(char)) at += 1;
    at += 1;
  }
  const next = node.value[offset];
  while (next !== undefined && at < end && !fits(next)) at += 1;
  return Math.min(at, end);
}

/** Keys of which the value is an expression. */
const EXPRESSIONS = new Set(['rule', 'when', 'warn']);

/** What is written of an expression before the cursor; undefined where the cursor is in none. */
export function expressionBefore(
  text: string,
  document: Document,
  position: number,
): string | undefined {
  const begin = beginIn(document.contents, text, position, false);
  return begin === undefined ? undefined : text.slice(begin, position);
}

/** Where the expression begins in which the cursor is. */
function beginIn(
  node: unknown,
  text: string,
  position: number,
  isParameters: boolean,
): number | undefined {
  const children = isMap(node) || isSeq(node) ? node.items : [];
  for (const item of children) {
    if (!isPair(item)) {
      const found = beginIn(item, text, position, false);
      if (found !== undefined) return found;
      continue;
    }
    const key = isScalar(item.key) ? item.key : undefined;
    const name = String(key?.value);
    if (isParameters || EXPRESSIONS.has(name)) {
      const begin = beginOfExpression(item, text, position);
      if (begin !== undefined) return begin;
    }
    const found = beginIn(item.value, text, position, name === 'with');
    if (found !== undefined) return found;
  }
  return undefined;
}

function beginOfExpression(
  { key, value }: Pair,
  text: string,
  position: number,
): number | undefined {
  if (!isNode(key) || !key.range) return undefined;
  if (isScalar(value) && value.range && value.value !== null) {
    const begin = beginOf(text, value);
    const isInside = position >= begin && position <= value.range[1];
    // Blanks at the end belong to no value, but one still writes there.
    const isBehind =
      position > value.range[1] &&
      !QUOTES.includes(value.type) &&
      /^[ \t]*$/.test(text.slice(value.range[1], position));
    return isInside || isBehind ? begin : undefined;
  }
  const rest = text.slice(key.range[1], position);
  const isEmpty = position > key.range[1] && /^:[ \t]+$/.test(rest);
  return isEmpty ? position : undefined;
}
