import type { Item } from './item.ts';
import type { ItemStore, ListOptions } from './store.ts';

/** Keeps the newest items of this process; what is older than `capacity` items is forgotten. */
export class MemoryItemStore implements ItemStore {
  readonly #byId = new Map<string, Item>();
  readonly #ids: string[] = [];
  readonly #capacity: number;

  constructor(capacity = 10_000) {
    this.#capacity = capacity;
  }

  create(item: Item): Promise<void> {
    // Ids grow with time, so the place is at the end or very close to it.
    const before = this.#ids.findLastIndex((id) => id < item.id);
    this.#ids.splice(before + 1, 0, item.id);
    this.#byId.set(item.id, item);
    if (this.#ids.length > this.#capacity) this.#byId.delete(this.#ids.shift() ?? '');
    return Promise.resolve();
  }

  find(id: string): Promise<Item | undefined> {
    return Promise.resolve(this.#byId.get(id));
  }

  list({ limit, after }: ListOptions): Promise<Item[]> {
    const start = after === undefined ? 0 : this.#ids.findIndex((id) => id > after);
    const ids = start < 0 ? [] : this.#ids.slice(start, start + limit);
    return Promise.resolve(ids.flatMap((id) => this.#byId.get(id) ?? []));
  }
}
