import { Knex } from 'knex';
import { HEAD } from './tables';

/** The last version that was given, and the instant of the last record. */
export interface Head {
  version: number;
  /** Milliseconds since 1970; never before the last recorded instant, even when the clock went back. */
  at: number;
}

/**
 * Takes the lock of all who write what is known. It lasts until the transaction ends, and gives their records one order.
 *
 * @param now - system time
 */
export async function lockHead(tx: Knex.Transaction, now: Date): Promise<Head> {
  await tx(HEAD).where({ id: 1 }).update({ id: 1 });
  const head = await tx(HEAD).where({ id: 1 }).first();
  return {
    version: Number(head.version),
    at: Math.max(now.getTime(), Number(head.recorded_at)),
  };
}

/** Remembers what {@link lockHead} begins with next time. */
export async function moveHead(
  tx: Knex.Transaction,
  { version, at }: Head,
): Promise<void> {
  await tx(HEAD).where({ id: 1 }).update({ version, recorded_at: at });
}
