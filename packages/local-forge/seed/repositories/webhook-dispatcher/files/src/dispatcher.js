import { delay, outcome } from './retry.js';
import { sign } from './signature.js';

/** A queue of deliveries. `post` resolves with a status, or rejects when nobody answers. */
export class Dispatcher {
  #queue = [];
  #post;
  #random;

  constructor({ post, random = Math.random }) {
    this.#post = post;
    this.#random = random;
  }

  enqueue(event, endpoint, due = 0) {
    this.#queue.push({ event, endpoint, attempt: 0, due });
  }

  get waiting() {
    return this.#queue.length;
  }

  /** Sends everything that is due and says what became of it. */
  async run(nowSeconds) {
    const due = this.#queue.filter(delivery => delivery.due <= nowSeconds);
    this.#queue = this.#queue.filter(delivery => delivery.due > nowSeconds);
    return Promise.all(due.map(delivery => this.#deliver(delivery, nowSeconds)));
  }

  async #deliver(delivery, nowSeconds) {
    const { event, endpoint } = delivery;
    const body = JSON.stringify(event);
    let result = 'retry';
    try {
      const signature = sign(body, endpoint.secret, nowSeconds);
      result = outcome(await this.#post(endpoint.url, body, { 'acme-signature': signature }));
    } catch {
      // Nobody answered: the same as a server error.
    }
    if (result === 'retry') {
      const wait = delay(delivery.attempt + 1, this.#random);
      if (wait === undefined) return { id: event.id, result: 'given_up' };
      this.#queue.push({ ...delivery, attempt: delivery.attempt + 1, due: nowSeconds + wait });
    }
    return { id: event.id, result };
  }
}
