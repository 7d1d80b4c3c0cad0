import { InputError } from '@backstage/errors';
import { cursorOf } from '@waymark/waymark-node';

/** The cursor of the following page, where there may be one. */
export const cursorTo = (next: number | undefined) =>
  next === undefined ? {} : { cursor: cursorOf(String(next)) };

/** What a page of what has been begins after; only this interface makes such cursors. */
export function beforeOf(cursor: string | undefined): number | undefined {
  if (cursor === undefined) return undefined;
  const before = Number(cursor);
  if (!Number.isSafeInteger(before)) {
    throw new InputError('cursor: is not a cursor of this list');
  }
  return before;
}
