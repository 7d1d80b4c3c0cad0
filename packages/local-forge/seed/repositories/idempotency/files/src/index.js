import { createHash } from 'node:crypto';

export class KeyReusedError extends Error {}
export class InProgressError extends Error {}

/** The same JSON always gives the same fingerprint, whatever the order of its keys. */
export function fingerprint(value) {
  const sort = part => {
    if (Array.isArray(part)) return part.map(sort);
    if (part && typeof part === 'object') {
      return Object.fromEntries(Object.keys(part).sort().map(key => [key, sort(part[key])]));
    }
    return part;
  };
  return createHash('sha256').update(JSON.stringify(sort(value))).digest('hex');
}

/** Runs an effect once per key and remembers its result for a while. */
export class IdempotentRunner {
  #entries = new Map();
  #ttl;
  #now;

  constructor({ ttlSeconds = 86_400, now = Date.now } = {}) {
    this.#ttl = ttlSeconds * 1000;
    this.#now = now;
  }

  async run(key, request, effect) {
    this.#forgetExpired();
    const print = fingerprint(request);
    const known = this.#entries.get(key);
    if (known && known.print !== print) {
      throw new KeyReusedError(`key ${key} was used with another request`);
    }
    if (known?.state === 'running') {
      throw new InProgressError(`key ${key} is being worked on`);
    }
    if (known) return { result: known.result, replayed: true };
    const entry = { print, state: 'running', expires: this.#now() + this.#ttl };
    this.#entries.set(key, entry);
    try {
      entry.result = await effect();
      entry.state = 'done';
      return { result: entry.result, replayed: false };
    } catch (error) {
      // A failed effect may be tried again with the same key.
      this.#entries.delete(key);
      throw error;
    }
  }

  get size() {
    return this.#entries.size;
  }

  #forgetExpired() {
    for (const [key, entry] of this.#entries) {
      if (entry.expires <= this.#now()) this.#entries.delete(key);
    }
  }
}
