import { JsonObject } from '@backstage/types';
import canonicalize from 'canonicalize';
import { createHash } from 'node:crypto';

/** The version of the encoding, in every leaf. */
const VERSION = 1;

/** Canonical JSON (RFC 8785): the same value has the same bytes everywhere. */
export function canonicalJson(value: JsonObject): string {
  const text = canonicalize(value);
  if (text === undefined) {
    throw new TypeError('There is no JSON of undefined');
  }
  return text;
}

/** What ties a leaf to its record, and tells nothing of it once the salt is gone. */
export function commitmentTo(record: string, salt: Buffer): string {
  return createHash('sha256').update(salt).update(record).digest('hex');
}

/**
 * The bytes under a leaf.
 *
 * @param entry.at - milliseconds since 1970
 */
export function encodeLeaf(entry: {
  type: string;
  at: number;
  commitment: string;
}): string {
  return canonicalJson({
    version: VERSION,
    type: entry.type,
    at: new Date(entry.at).toISOString(),
    commitment: entry.commitment,
  });
}
