/** Leaves from `from` to before `to`. */
export interface LeafRange {
  from: number;
  to: number;
}

/** A subtree whose leaves are all there: `2^level` of them, from `index * 2^level`. */
export interface Subtree {
  level: number;
  index: number;
}

/** The largest power of two smaller than `size`, the `k` of RFC 6962, section 2.1. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) {
    split *= 2;
  }
  return split;
}

/**
 * The complete subtrees that make up a range, from left to right.
 *
 * @param range - one whose `from` is a multiple of the largest subtree in it, as those of a Merkle tree are
 */
export function subtreesOf(range: LeafRange): Subtree[] {
  const subtrees: Subtree[] = [];
  let from = range.from;
  while (from < range.to) {
    let level = 0;
    let width = 1;
    while (from % (width * 2) === 0 && from + width * 2 <= range.to) {
      width *= 2;
      level += 1;
    }
    subtrees.push({ level, index: from / width });
    from += width;
  }
  return subtrees;
}

/** The ranges whose hashes prove that a leaf is in the tree, from the leaf up (RFC 6962, section 2.1.1). */
export function inclusionRanges(leaf: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = size;
  while (to - from > 1) {
    const middle = from + splitOf(to - from);
    if (leaf < middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  return ranges.reverse();
}

/** The ranges whose hashes prove that a tree begins with an older one (RFC 6962, section 2.1.2). */
export function consistencyRanges(older: number, newer: number): LeafRange[] {
  if (older === newer || older === 0) {
    return [];
  }
  const ranges: LeafRange[] = [];
  let from = 0;
  let to = newer;
  while (to > older) {
    const middle = from + splitOf(to - from);
    if (older <= middle) {
      ranges.push({ from: middle, to });
      to = middle;
    } else {
      ranges.push({ from, to: middle });
      from = middle;
    }
  }
  // The verifier has the root of the older tree; only a part of it is to be told.
  if (from > 0) {
    ranges.push({ from, to });
  }
  return ranges.reverse();
}
