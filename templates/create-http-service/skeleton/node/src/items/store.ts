import type { Item } from './item.ts';

export interface ListOptions {
  limit: number;
  /** Only items after this id. */
  after?: string | undefined;
}

export interface ItemStore {
  create(item: Item): Promise<void>;
  find(id: string): Promise<Item | undefined>;
  /** Items in the order of their ids. */
  list(options: ListOptions): Promise<Item[]>;
}

/** The system behind the store does not answer: worth another try, so clients see a 503. */
export class StoreUnavailableError extends Error {
  override readonly name = 'StoreUnavailableError';
}
