import { nodeHash } from './hash';

const isOdd = (value: number) => value % 2 === 1;
const half = (value: number) => Math.floor(value / 2);

/**
 * Whether a proof shows that a leaf is in a tree (RFC 9162, section 2.1.3.2).
 *
 * @param input.index - of the leaf, from 0
 * @param input.size - how many leaves the tree has
 */
export function verifyInclusion(input: {
  leaf: Buffer;
  index: number;
  size: number;
  proof: Buffer[];
  root: Buffer;
}): boolean {
  const { index, size, proof } = input;
  if (index < 0 || index >= size) {
    return false;
  }
  let node = index;
  let last = size - 1;
  let hash = input.leaf;
  for (const sibling of proof) {
    if (last === 0) {
      return false;
    }
    if (isOdd(node) || node === last) {
      hash = nodeHash(sibling, hash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return last === 0 && hash.equals(input.root);
}

/** Whether a proof shows that a tree begins with an older one (RFC 9162, section 2.1.4.2). */
export function verifyConsistency(input: {
  older: { size: number; root: Buffer };
  newer: { size: number; root: Buffer };
  proof: Buffer[];
}): boolean {
  const { older, newer } = input;
  if (older.size > newer.size) {
    return false;
  }
  if (older.size === newer.size) {
    return input.proof.length === 0 && older.root.equals(newer.root);
  }
  if (older.size === 0) {
    return input.proof.length === 0;
  }
  let node = older.size - 1;
  let last = newer.size - 1;
  while (isOdd(node)) {
    node = half(node);
    last = half(last);
  }
  // An older tree that is complete is a node of the newer one, and is not told.
  const proof = node === 0 ? [older.root, ...input.proof] : input.proof;
  const [first, ...rest] = proof;
  if (!first) {
    return false;
  }
  let olderHash = first;
  let newerHash = first;
  for (const sibling of rest) {
    if (last === 0) {
      return false;
    }
    if (isOdd(node) || node === last) {
      olderHash = nodeHash(sibling, olderHash);
      newerHash = nodeHash(sibling, newerHash);
      while (!isOdd(node) && node !== 0) {
        node = half(node);
        last = half(last);
      }
    } else {
      newerHash = nodeHash(newerHash, sibling);
    }
    node = half(node);
    last = half(last);
  }
  return (
    last === 0 && olderHash.equals(older.root) && newerHash.equals(newer.root)
  );
}
