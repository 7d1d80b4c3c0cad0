import { createHash } from 'node:crypto';

const LEAF = Buffer.from([0x00]);
const NODE = Buffer.from([0x01]);

const sha256 = (...parts: Buffer[]) => {
  const hash = createHash('sha256');
  for (const part of parts) {
    hash.update(part);
  }
  return hash.digest();
};

/** The root of the tree without leaves: the hash of nothing (RFC 6962, section 2.1). */
export const EMPTY_ROOT: Buffer = sha256();

/** The hash of a leaf; its prefix keeps a leaf from being taken for a node (RFC 6962, section 2.1). */
export function leafHash(data: Buffer): Buffer {
  return sha256(LEAF, data);
}

/** The hash of the node above two others (RFC 6962, section 2.1). */
export function nodeHash(left: Buffer, right: Buffer): Buffer {
  return sha256(NODE, left, right);
}
