/**
 * An append-only Merkle log over knex (RFC 6962): proofs, signed heads, verification.
 *
 * @packageDocumentation
 */
export * from './log';
export * from './merkle';
export * from './note';
export * from './publish';
