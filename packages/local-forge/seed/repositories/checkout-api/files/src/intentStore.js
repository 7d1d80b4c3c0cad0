/** Intents by id, and by the idempotency key that made them. */
export class IntentStore {
  #intents = new Map();
  #byKey = new Map();

  get(id) {
    return this.#intents.get(id);
  }

  save(intent) {
    this.#intents.set(intent.id, intent);
    return intent;
  }

  /** Makes an intent once per merchant and key; the same key with another body is a conflict. */
  createOnce(merchant, key, body, create) {
    const slot = `${merchant}\u0000${key}`;
    const print = JSON.stringify(body);
    const known = this.#byKey.get(slot);
    if (known) {
      return known.print === print
        ? { intent: this.#intents.get(known.id), replayed: true }
        : { conflict: true };
    }
    const intent = this.save(create());
    this.#byKey.set(slot, { id: intent.id, print });
    return { intent, replayed: false };
  }
}
