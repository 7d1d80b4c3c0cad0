const transitions = {
  planned: { send: 'in_transit', hold: 'held', cancel: 'cancelled' },
  held: { release: 'planned', cancel: 'cancelled' },
  in_transit: { settle: 'paid', bounce: 'failed' },
  failed: { retry: 'planned' },
  paid: {},
  cancelled: {},
};

export class PayoutError extends Error {}

export class Payouts {
  #payouts = new Map();

  add(payout) {
    this.#payouts.set(payout.id, { ...payout, status: 'planned', history: [] });
    return this.get(payout.id);
  }

  get(id) {
    return this.#payouts.get(id);
  }

  /** A page of a merchant's payouts, newest value date first. */
  list(merchant, { limit = 20, after } = {}) {
    const all = [...this.#payouts.values()]
      .filter(payout => payout.merchant === merchant)
      .sort((a, b) => b.value.localeCompare(a.value) || a.id.localeCompare(b.id));
    const start = after ? all.findIndex(({ id }) => id === after) + 1 : 0;
    const items = all.slice(start, start + limit);
    return { items, next: start + limit < all.length ? items.at(-1).id : undefined };
  }

  move(id, step, by, at) {
    const payout = this.#payouts.get(id);
    const status = transitions[payout?.status]?.[step];
    if (!status) throw new PayoutError(`cannot ${step} a payout that is ${payout?.status ?? 'unknown'}`);
    const history = [...payout.history, { step, by, at }];
    this.#payouts.set(id, { ...payout, status, history });
    return this.get(id);
  }
}
