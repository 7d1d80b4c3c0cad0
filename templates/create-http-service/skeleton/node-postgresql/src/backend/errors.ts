import { DatabaseError } from 'pg';

/** Classes of SQLSTATE: connection, resources, operator intervention (shutdown, time-out). */
const UNAVAILABLE = /^(08|53|57)/;

/** Whether the same call may work later. What pg throws itself is about the connection. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) return UNAVAILABLE.test(error.code ?? '');
  return error instanceof Error && !(error instanceof TypeError || error instanceof RangeError);
}
