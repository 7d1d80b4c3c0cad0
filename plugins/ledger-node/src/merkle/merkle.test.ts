import fc from 'fast-check';
import { Frontier, HashedSubtree, hashOf } from './Frontier';
import { EMPTY_ROOT, leafHash, nodeHash } from './hash';
import {
  consistencyRanges,
  inclusionRanges,
  LeafRange,
  splitOf,
  subtreesOf,
} from './ranges';
import { verifyConsistency, verifyInclusion } from './verify';

/** The reference log of the transparency-dev project. */
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS: Record<number, string> = {
  0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  4: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  6: '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
};

/** A tree with all of its nodes, as a store keeps them. */
class Tree {
  readonly #hashes = new Map<string, Buffer>();
  readonly frontier = Frontier.of([]);

  constructor(readonly leaves: Buffer[]) {
    for (const leaf of leaves) {
      for (const { level, index, hash } of this.frontier.append(leaf)) {
        this.#hashes.set(`${level}/${index}`, hash);
      }
    }
  }

  hashOf(range: LeafRange): Buffer {
    return hashOf(
      subtreesOf(range).map(
        ({ level, index }): HashedSubtree => ({
          level,
          index,
          hash: this.#hashes.get(`${level}/${index}`)!,
        }),
      ),
    );
  }

  rootAt(size: number) {
    return this.hashOf({ from: 0, to: size });
  }
}

/** The definition itself (RFC 6962, section 2.1). */
function definedRoot(leaves: Buffer[]): Buffer {
  if (leaves.length < 2) {
    return leaves[0] ?? EMPTY_ROOT;
  }
  const split = splitOf(leaves.length);
  return nodeHash(
    definedRoot(leaves.slice(0, split)),
    definedRoot(leaves.slice(split)),
  );
}

const leavesOf = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    leafHash(Buffer.from(`leaf ${index}`)),
  );

const sizes = fc.integer({ min: 1, max: 130 });
const sizeAndPart = sizes.chain(size =>
  fc.record({
    size: fc.constant(size),
    part: fc.integer({ min: 0, max: size - 1 }),
  }),
);

describe('a Merkle tree', () => {
  it.each(Object.entries(ROOTS))(
    'of %s leaves has the root of the reference log',
    (size, root) => {
      const leaves = LEAVES.slice(0, Number(size)).map(hex =>
        leafHash(Buffer.from(hex, 'hex')),
      );
      expect(new Tree(leaves).frontier.root.toString('hex')).toBe(root);
    },
  );

  it('grows to what its definition says, at every size', () => {
    fc.assert(
      fc.property(sizeAndPart, ({ size, part }) => {
        const leaves = leavesOf(size);
        const tree = new Tree(leaves);
        expect(tree.frontier.size).toBe(size);
        expect(tree.frontier.root).toEqual(definedRoot(leaves));
        expect(tree.rootAt(part)).toEqual(definedRoot(leaves.slice(0, part)));
      }),
    );
  });

  it('goes on from its right edge as if it had never stopped', () => {
    fc.assert(
      fc.property(sizeAndPart, ({ size, part }) => {
        const leaves = leavesOf(size);
        const before = new Tree(leaves.slice(0, part));
        const resumed = Frontier.of(
          subtreesOf({ from: 0, to: part }).map(subtree => ({
            ...subtree,
            hash: before.hashOf({
              from: subtree.index * 2 ** subtree.level,
              to: (subtree.index + 1) * 2 ** subtree.level,
            }),
          })),
        );
        leaves.slice(part).forEach(leaf => resumed.append(leaf));
        expect(resumed.root).toEqual(definedRoot(leaves));
      }),
    );
  });

  it('proves every leaf, and nothing else', () => {
    fc.assert(
      fc.property(sizeAndPart, fc.nat(), ({ size, part: index }, elsewhere) => {
        const tree = new Tree(leavesOf(size));
        const proof = inclusionRanges(index, size).map(range =>
          tree.hashOf(range),
        );
        const claim = {
          leaf: tree.leaves[index],
          index,
          size,
          proof,
          root: tree.frontier.root,
        };
        expect(proof.length).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
        expect(verifyInclusion(claim)).toBe(true);

        const other = elsewhere % (size + 1);
        expect(verifyInclusion({ ...claim, index: other })).toBe(
          other === index,
        );
        expect(
          verifyInclusion({ ...claim, leaf: leafHash(Buffer.from('x')) }),
        ).toBe(false);
        expect(
          verifyInclusion({ ...claim, proof: [...proof, EMPTY_ROOT] }),
        ).toBe(false);
        expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(
          proof.length === 0,
        );
      }),
    );
  });

  it('proves that it begins with each older tree, and with no other', () => {
    fc.assert(
      fc.property(sizeAndPart, ({ size, part }) => {
        const tree = new Tree(leavesOf(size));
        const proof = consistencyRanges(part, size).map(range =>
          tree.hashOf(range),
        );
        const older = { size: part, root: tree.rootAt(part) };
        const newer = { size, root: tree.frontier.root };
        expect(verifyConsistency({ older, newer, proof })).toBe(true);

        const rewritten = leavesOf(size);
        rewritten[0] = leafHash(Buffer.from('rewritten'));
        const forged = new Tree(rewritten);
        // Every tree begins with the empty one.
        expect(
          verifyConsistency({
            older,
            newer: { size, root: forged.frontier.root },
            proof: consistencyRanges(part, size).map(range =>
              forged.hashOf(range),
            ),
          }),
        ).toBe(part === 0);
        expect(verifyConsistency({ older: newer, newer: older, proof })).toBe(
          false,
        );
      }),
    );
  });
});
