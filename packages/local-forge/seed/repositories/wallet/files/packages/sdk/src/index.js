/** Talks to the wallet API; repeats reads that failed on the way, never writes. */
export class WalletClient {
  #base;
  #fetch;

  constructor({ base, fetch = globalThis.fetch }) {
    this.#base = base;
    this.#fetch = fetch;
  }

  balance(user) {
    return this.#read(`/v1/wallets/${encodeURIComponent(user)}`);
  }

  async transfer(user, { to, amount, key }) {
    const response = await this.#fetch(`${this.#base}/v1/wallets/${encodeURIComponent(user)}/transfers`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ to, amount }),
    });
    return this.#parse(response);
  }

  async #read(path, attempts = 3) {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#parse(await this.#fetch(this.#base + path));
      } catch (error) {
        if (attempt === attempts || error.status < 500) throw error;
      }
    }
  }

  async #parse(response) {
    const body = await response.json();
    if (response.ok) return body;
    throw Object.assign(new Error(body.message), { status: response.status });
  }
}
