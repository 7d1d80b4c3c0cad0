import { randomBytes } from 'node:crypto';
import { z } from 'zod';

export interface Item {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const MAX_NAME_LENGTH = 100;

export const isItemId = (text: string): boolean => UUID.test(text);

/** What a client sends to create an item. Lengths count characters, as in openapi.yaml. */
export const newItemSchema = z.strictObject({
  name: z.string().refine(isName, {
    error: `must have 1 to ${MAX_NAME_LENGTH} characters, none of them a control character`,
  }),
});
export type NewItem = z.infer<typeof newItemSchema>;

function isName(text: string): boolean {
  return (
    text.length > 0 && Array.from(text).length <= MAX_NAME_LENGTH && !/[\p{Cc}\p{Cs}]/u.test(text)
  );
}

export function createItem({ name }: NewItem, now = new Date()): Item {
  return { id: uuidv7(now.getTime()), name, createdAt: now.toISOString() };
}

/** A time-ordered UUID (RFC 9562, version 7): sorting by id sorts by creation. */
function uuidv7(milliseconds: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(milliseconds, 0, 6);
  bytes.writeUInt8(0x70 | (bytes.readUInt8(6) & 0x0f), 6);
  bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The cursor of a page is the last id before it, in a form that invites nobody to build one. */
export const encodeCursor = (id: string): string => Buffer.from(id).toString('base64url');

export function decodeCursor(cursor: string): string | undefined {
  const id = Buffer.from(cursor, 'base64url').toString();
  return isItemId(id) ? id : undefined;
}
