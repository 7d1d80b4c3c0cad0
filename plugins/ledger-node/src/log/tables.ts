export const QUEUE = 'ledger_queue';
export const ENTRIES = 'ledger_entries';
export const NODES = 'ledger_nodes';
export const SIZE = 'ledger_size';
export const HEADS = 'ledger_heads';

/** PostgreSQL gives 64-bit integers as text. */
export type Big = number | string;

export interface QueueRow {
  id: Big;
  type: string;
  record: string;
  salt: Buffer;
  at: Big;
}

export interface EntryRow {
  position: Big;
  leaf: string;
  type: string;
  record: string | null;
  salt: Buffer | null;
  at: Big;
}

export interface NodeRow {
  level: number;
  position: Big;
  hash: Buffer;
}

export interface HeadRow {
  size: Big;
  note: string;
  published_at: Big;
}
