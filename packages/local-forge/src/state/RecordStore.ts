/**
 * What the forge keeps besides the emulator (protection, hooks, statuses, …):
 * named collections of JSON values, in order of insertion. Only memory; the
 * journal makes it durable.
 */
export class RecordStore {
  readonly #collections = new Map<string, Map<string, unknown>>();

  apply(collection: string, key: string, value: unknown): void {
    let records = this.#collections.get(collection);
    if (!records) {
      records = new Map();
      this.#collections.set(collection, records);
    }
    if (value === undefined) {
      records.delete(key);
    } else {
      records.set(key, value);
    }
  }

  get<T>(collection: string, key: string): T | undefined {
    return this.#collections.get(collection)?.get(key) as T | undefined;
  }

  /** Values whose key starts with `prefix`, in order of insertion. */
  list<T>(collection: string, prefix = ''): { key: string; value: T }[] {
    const found: { key: string; value: T }[] = [];
    for (const [key, value] of this.#collections.get(collection) ?? []) {
      if (key.startsWith(prefix)) {
        found.push({ key, value: value as T });
      }
    }
    return found;
  }

  collections(): string[] {
    return [...this.#collections.keys()];
  }
}
