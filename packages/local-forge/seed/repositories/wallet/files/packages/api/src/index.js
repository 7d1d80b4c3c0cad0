export class WalletError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

/** Balances of consumers, moved by transfers that happen once per key. */
export class Wallets {
  #balances = new Map();
  #done = new Map();

  deposit(user, amount) {
    this.#balances.set(user, this.balance(user) + amount);
  }

  balance(user) {
    return this.#balances.get(user) ?? 0;
  }

  transfer(from, to, amount, key) {
    if (!key) throw new WalletError(400, 'the Idempotency-Key header is required');
    if (!Number.isSafeInteger(amount) || amount <= 0) throw new WalletError(400, 'amount must be positive');
    if (from === to) throw new WalletError(400, 'nobody sends money to themselves');
    const slot = `${from}\u0000${key}`;
    if (this.#done.has(slot)) return this.#done.get(slot);
    if (this.balance(from) < amount) throw new WalletError(422, 'not enough money');
    this.deposit(from, -amount);
    this.deposit(to, amount);
    const receipt = { from, to, amount, balance: this.balance(from) };
    this.#done.set(slot, receipt);
    return receipt;
  }
}
