import type { Item } from '../items/item.ts';
import type { ItemStore, ListOptions } from '../items/store.ts';
import { itemCreated, type CloudEvent } from './cloud-event.ts';

export interface Publisher {
  /** Resolves once the event is safe; rejects with StoreUnavailableError when it is not. */
  publish(event: CloudEvent<unknown>): Promise<void>;
}

/**
 * Announces every item before it keeps it, so that no item exists which was not announced. A
 * client whose POST failed may repeat it, and a lost acknowledgement announces an item twice:
 * delivery is at least once, and consumers drop what they have seen by `source` and `id`.
 */
export class PublishingItemStore implements ItemStore {
  readonly #store: ItemStore;
  readonly #publisher: Publisher;

  constructor(store: ItemStore, publisher: Publisher) {
    this.#store = store;
    this.#publisher = publisher;
  }

  async create(item: Item): Promise<void> {
    await this.#publisher.publish(itemCreated(item));
    await this.#store.create(item);
  }

  find(id: string): Promise<Item | undefined> {
    return this.#store.find(id);
  }

  list(options: ListOptions): Promise<Item[]> {
    return this.#store.list(options);
  }
}
