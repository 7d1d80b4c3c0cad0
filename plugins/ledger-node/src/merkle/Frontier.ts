import { EMPTY_ROOT, nodeHash } from './hash';
import { Subtree } from './ranges';

/** A complete subtree and its hash. */
export interface HashedSubtree extends Subtree {
  hash: Buffer;
}

/** The hash of the tree over complete subtrees that lie side by side, from left to right. */
export function hashOf(subtrees: Pick<HashedSubtree, 'hash'>[]): Buffer {
  if (subtrees.length === 0) {
    return EMPTY_ROOT;
  }
  return subtrees
    .map(({ hash }) => hash)
    .reduceRight((right, left) => nodeHash(left, right));
}

/** The right edge of a growing tree: its largest complete subtrees, from left to right, and thus its root. */
export class Frontier {
  readonly #edge: HashedSubtree[];

  /** @param edge - the complete subtrees that make up the tree, from left to right */
  static of(edge: HashedSubtree[]): Frontier {
    return new Frontier([...edge]);
  }

  private constructor(edge: HashedSubtree[]) {
    this.#edge = edge;
  }

  get size(): number {
    return this.#edge.reduce((size, { level }) => size + 2 ** level, 0);
  }

  get root(): Buffer {
    return hashOf(this.#edge);
  }

  /** Adds a leaf; returns every subtree that it completes, the leaf first. */
  append(leaf: Buffer): HashedSubtree[] {
    let subtree: HashedSubtree = { level: 0, index: this.size, hash: leaf };
    const completed = [subtree];
    for (
      let left = this.#edge.at(-1);
      left?.level === subtree.level;
      left = this.#edge.at(-1)
    ) {
      this.#edge.pop();
      subtree = {
        level: left.level + 1,
        index: left.index / 2,
        hash: nodeHash(left.hash, subtree.hash),
      };
      completed.push(subtree);
    }
    this.#edge.push(subtree);
    return completed;
  }
}
