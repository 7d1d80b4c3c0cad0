import { InputError } from '@backstage/errors';

/** How far a log has come: what is signed and published. */
export interface Checkpoint {
  /** The name of the log, unique in the world. */
  origin: string;
  /** How many entries the log has. */
  size: number;
  /** The root of the Merkle tree over them. */
  root: Buffer;
}

const HASH_BYTES = 32;

/** The text of a checkpoint (C2SP tlog-checkpoint). */
export function formatCheckpoint(checkpoint: Checkpoint): string {
  const { origin, size, root } = checkpoint;
  return `${origin}\n${size}\n${root.toString('base64')}\n`;
}

/**
 * Reads the text of a checkpoint; lines after the third are extensions, and are passed over.
 *
 * @throws InputError when it is none
 */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, hash] = text.split('\n');
  const root = Buffer.from(hash ?? '', 'base64');
  if (
    !origin ||
    !/^(0|[1-9]\d{0,15})$/.test(size ?? '') ||
    root.length !== HASH_BYTES ||
    root.toString('base64') !== hash
  ) {
    throw new InputError(
      'A checkpoint has three lines: the origin, the size and the root in base64',
    );
  }
  return { origin, size: Number(size), root };
}
