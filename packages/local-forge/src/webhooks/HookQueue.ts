import { AttemptOutcome, Delivery, sendDelivery } from './sendDelivery';

/** How long a hook's queue waits for what; all in milliseconds. */
export interface RetryPolicy {
  firstPause: number;
  /** Pauses double up to here. */
  longestPause: number;
  /** For so long a failing delivery holds up those behind it. */
  hold: number;
  /** A delivery older than this is given up. */
  window: number;
}

/** A portal that starts needs a minute or two; longer is for a reconciliation. */
const DEFAULT_POLICY: RetryPolicy = {
  firstPause: 250,
  longestPause: 10_000,
  hold: 10_000,
  window: 5 * 60_000,
};
const MAX_PENDING = 1_000;

/**
 * The deliveries of one hook, one at a time.
 *
 * @remarks
 * What it promises:
 *
 * - Deliveries arrive in order, and each at least once, as long as the receiver
 *   is back within five minutes: nobody listening, a timeout and the answers
 *   404, 408, 429 and 5xx are tried again with growing pauses.
 * - One delivery cannot hold up the others for more than ten seconds and two
 *   attempts. When the receiver keeps refusing it for so long but takes the one
 *   behind it, it goes to the end of the queue: it alone loses its place.
 * - What is older than five minutes fails, and so do the oldest of more than
 *   1,000. The queue is in memory only. A receiver that was away for longer, or
 *   while the forge itself stopped, has to read for itself what it missed: the
 *   portal's providers read everything when it starts.
 */
export class HookQueue {
  readonly #policy: RetryPolicy;
  readonly #stop: AbortSignal;
  readonly #waiting: Delivery[] = [];
  readonly #failingSince = new WeakMap<Delivery, number>();
  #run?: Promise<void>;
  #wake?: () => void;

  constructor(options: { stop: AbortSignal; policy?: RetryPolicy }) {
    this.#stop = options.stop;
    this.#policy = options.policy ?? DEFAULT_POLICY;
  }

  add(delivery: Delivery): void {
    if (this.#waiting.length >= MAX_PENDING) {
      const dropped = this.#waiting.shift();
      if (dropped) {
        dropped.status = 'failed';
        dropped.error = 'Too many deliveries were waiting for this receiver';
      }
    }
    this.#waiting.push(delivery);
    if (this.#waiting.length > 1 && this.#isHeldTooLong(this.#waiting[0])) {
      this.#wake?.();
    }
    this.#run ??= this.#drain().finally(() => {
      this.#run = undefined;
    });
  }

  /** Resolves when nothing is waiting, or the forge stops. */
  async settled(): Promise<void> {
    await this.#run;
  }

  async #drain(): Promise<void> {
    let pause = this.#policy.firstPause;
    while (!this.#stop.aborted && this.#waiting.length > 0) {
      const head = this.#waiting[0];
      const outcome = await this.#attempt(head);
      if (outcome === 'settled' || this.#isExpired(head, pause)) {
        this.#remove(head);
        pause = this.#policy.firstPause;
      } else if (outcome === 'refused' && (await this.#overtake(head))) {
        pause = this.#policy.firstPause;
      } else {
        await this.#sleep(pause);
        pause = Math.min(pause * 2, this.#policy.longestPause);
      }
    }
  }

  async #attempt(delivery: Delivery): Promise<AttemptOutcome> {
    const outcome = await sendDelivery(delivery, this.#stop);
    if (outcome !== 'settled' && !this.#failingSince.has(delivery)) {
      this.#failingSince.set(delivery, Date.now());
    }
    return outcome;
  }

  /**
   * Lets the next delivery pass a head that was refused for too long. Only a
   * receiver that takes the next one has something against the head itself.
   */
  async #overtake(head: Delivery): Promise<boolean> {
    const next = this.#waiting.find(delivery => delivery !== head);
    if (!next || !this.#isHeldTooLong(head)) {
      return false;
    }
    if ((await this.#attempt(next)) !== 'settled') {
      return false;
    }
    this.#remove(next);
    this.#remove(head);
    this.#waiting.push(head);
    return true;
  }

  #isHeldTooLong(delivery: Delivery): boolean {
    const since = this.#failingSince.get(delivery);
    return since !== undefined && Date.now() - since >= this.#policy.hold;
  }

  /** Whether there is no time for another attempt; notes that it failed. */
  #isExpired(delivery: Delivery, pause: number): boolean {
    const deadline = Date.parse(delivery.createdAt) + this.#policy.window;
    if (this.#stop.aborted || Date.now() + pause <= deadline) {
      return false;
    }
    delivery.status = 'failed';
    return true;
  }

  #remove(delivery: Delivery): void {
    const index = this.#waiting.indexOf(delivery);
    if (index >= 0) {
      this.#waiting.splice(index, 1);
    }
  }

  async #sleep(milliseconds: number): Promise<void> {
    await new Promise<void>(resolve => {
      const timer = setTimeout(done, milliseconds);
      const stop = this.#stop;
      function done() {
        clearTimeout(timer);
        stop.removeEventListener('abort', done);
        resolve();
      }
      this.#wake = done;
      stop.addEventListener('abort', done);
      if (stop.aborted) {
        done();
      }
    });
    this.#wake = undefined;
  }
}
